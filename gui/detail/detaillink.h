// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// linkDetail: gives a window its pane of the current call, and the pane whatever source the window shows.
// Main thread.

class DetailPane;
class MainWindow;

/// The pane belongs to the window.
DetailPane* linkDetail(MainWindow* window);
