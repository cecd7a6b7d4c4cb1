// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BodyView: one body of a call: laid out, as a tree, as it is, as bytes; of an answer also what a stream
// adds up to. Each form is made when it is looked at. Large texts are shown by their front until more is
// asked for (measured on Qt 6.4.2: 10 MB into a text view 446 ms, 50 MB 2.6 s). Main thread, owned by the
// DetailPane.

#include <QByteArray>
#include <QJsonValue>
#include <QSet>
#include <QWidget>

class FindBar;
class HexView;
class JsonHighlighter;
class JsonTreeModel;
class QButtonGroup;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTreeView;

class BodyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BodyView)

public:
    enum Form { Reassembled, Pretty, Tree, Raw, Hex };

    /// `name`: of the widget, "request" or "response". `hasReassembled`: there is that form.
    BodyView(const QString& name, bool hasReassembled, QWidget* parent = nullptr);
    ~BodyView() override;

    struct Body
    {
        QByteArray bytes; // as they are shown: unpacked
        QString mediaType;
        QString head; // facts above the body, one line
        QString note; // "truncated"; empty: nothing to say
        QJsonValue reassembled;
        bool isStream = false;
    };
    void setBody(const Body& body);
    void clear();
    void setForm(Form form);
    /// Opens the tree there: "messages[3].content".
    void showPath(const QString& path);

Q_SIGNALS:
    /// The exact bytes are to be written to a file.
    void saveWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildBar(bool hasReassembled);
    void showForm();
    void showPretty();
    void showText(const QString& text, bool isJson, bool isWhole = true);
    void showPage(QWidget* page);
    [[nodiscard]] bool isEvents() const;
    [[nodiscard]] QByteArray front() const;

    QButtonGroup* m_forms;
    QLabel* m_head;
    QLabel* m_note;
    QPushButton* m_save;
    QPushButton* m_all; // shows what was left out
    QStackedWidget* m_stack;
    QPlainTextEdit* m_text;
    QTreeView* m_tree;
    JsonTreeModel* m_treeModel;
    HexView* m_hex;
    FindBar* m_find;
    JsonHighlighter* m_highlighter;
    Body m_body;
    bool m_isAllShown = false;
    bool m_isTreeMade = false;
};
