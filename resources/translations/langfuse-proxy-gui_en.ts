<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>CallSidebar</name>
    <message numerus="yes">
        <source>+%n older</source>
        <translation>
            <numerusform>+%n older</numerusform>
            <numerusform>+%n older</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message numerus="yes">
        <source>%n message(s) at the front are the same.</source>
        <translation>
            <numerusform>%n message at the front is the same.</numerusform>
            <numerusform>%n messages at the front are the same.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionBanner</name>
    <message numerus="yes">
        <source>%n request(s) came while the connection was lost</source>
        <translation>
            <numerusform>%n request came while the connection was lost</numerusform>
            <numerusform>%n requests came while the connection was lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationBlocks</name>
    <message numerus="yes">
        <source>%n definition(s)</source>
        <translation>
            <numerusform>%n definition</numerusform>
            <numerusform>%n definitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier message(s) unchanged since %1</source>
        <translation>
            <numerusform>%n earlier message unchanged since %1</numerusform>
            <numerusform>%n earlier messages unchanged since %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier message(s)</source>
        <translation>
            <numerusform>%n earlier message</numerusform>
            <numerusform>%n earlier messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) that only the provider can read</source>
        <translation>
            <numerusform>%n byte that only the provider can read</numerusform>
            <numerusform>%n bytes that only the provider can read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>~%1 tokens</source>
        <translation>
            <numerusform>~%1 token</numerusform>
            <numerusform>~%1 tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationHtml</name>
    <message numerus="yes">
        <source>Show the remaining %n character(s)</source>
        <translation>
            <numerusform>Show the remaining %n character</numerusform>
            <numerusform>Show the remaining %n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeliveryAlarm</name>
    <message numerus="yes">
        <source>%1 %n trace(s) wait; nothing is lost.</source>
        <translation>
            <numerusform>%1 %n trace waits; nothing is lost.</numerusform>
            <numerusform>%1 %n traces wait; nothing is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeliveryText</name>
    <message numerus="yes">
        <source>%n attempt(s) in a row have failed</source>
        <translation>
            <numerusform>%n attempt has failed</numerusform>
            <numerusform>%n attempts in a row have failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiffHtml</name>
    <message numerus="yes">
        <source>%n line(s) unchanged</source>
        <translation>
            <numerusform>%n line unchanged</numerusform>
            <numerusform>%n lines unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) unchanged since %1</source>
        <translation>
            <numerusform>%n message unchanged since %1</numerusform>
            <numerusform>%n messages unchanged since %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>&amp;Selected (%n)</source>
        <translation>
            <numerusform>&amp;Selected (%n)</numerusform>
            <numerusform>&amp;Selected (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All that are s&amp;hown (%n)</source>
        <translation>
            <numerusform>All that are s&amp;hown (%n)</numerusform>
            <numerusform>All that are s&amp;hown (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Written, but for %n call(s) that have not ended or are gone.</source>
        <translation>
            <numerusform>Written, but for %n call that has not ended or is gone.</numerusform>
            <numerusform>Written, but for %n calls that have not ended or are gone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FollowMode</name>
    <message numerus="yes">
        <source>▼ %n new</source>
        <translation>
            <numerusform>▼ %n new</numerusform>
            <numerusform>▼ %n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeadlessExport</name>
    <message numerus="yes">
        <source>%n call(s) are left out: they have not ended, or are gone</source>
        <translation>
            <numerusform>%n call is left out: it has not ended, or is gone</numerusform>
            <numerusform>%n calls are left out: they have not ended, or are gone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JsonTreeModel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListCommands</name>
    <message numerus="yes">
        <source>Take %n calls off the list?</source>
        <translation>
            <numerusform>Take %n call off the list?</numerusform>
            <numerusform>Take %n calls off the list?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverviewStrip</name>
    <message numerus="yes">
        <source>%1
%n calls at once
%2 spent
Drag to see only a part of the time</source>
        <translation>
            <numerusform>%1
%n call at once
%2 spent
Drag to see only a part of the time</numerusform>
            <numerusform>%1
%n calls at once
%2 spent
Drag to see only a part of the time</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionModel</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionPage</name>
    <message numerus="yes">
        <source>%n turn(s)</source>
        <translation>
            <numerusform>%n turn</numerusform>
            <numerusform>%n turns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message numerus="yes">
        <source>%n setting(s) cannot be saved as they are.</source>
        <translation>
            <numerusform>%n setting cannot be saved as it is.</numerusform>
            <numerusform>%n settings cannot be saved as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StopwatchBar</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TraceList</name>
    <message numerus="yes">
        <source>%n trace(s) wait for delivery again.</source>
        <translation>
            <numerusform>%n trace waits for delivery again.</numerusform>
            <numerusform>%n traces wait for delivery again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsageCharts</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message numerus="yes">
        <source>calls, %n failed</source>
        <translation>
            <numerusform>calls, %n failed</numerusform>
            <numerusform>calls, %n failed</numerusform>
        </translation>
    </message>
</context>
</TS>
