<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AttachDialog</name>
    <message>
        <source>&amp;Keep the token, in a file that only you can read</source>
        <translation>Token &amp;behalten, in einer Datei, die nur Sie lesen können</translation>
    </message>
    <message>
        <source>Attach to a proxy</source>
        <translation>Mit einem Proxy verbinden</translation>
    </message>
    <message>
        <source>not needed for a proxy of this machine</source>
        <translation>für einen Proxy auf diesem Rechner nicht nötig</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Admin &amp;token</source>
        <translation>Admin-&amp;Token</translation>
    </message>
    <message>
        <source>Where does the proxy listen? For instance http://127.0.0.1:3000</source>
        <translation>Wo ist der Proxy zu erreichen? Zum Beispiel http://127.0.0.1:3000</translation>
    </message>
    <message>
        <source>This is no address: %1</source>
        <translation>Das ist keine Adresse: %1</translation>
    </message>
    <message>
        <source>Only http and https are understood, not %1</source>
        <translation>Nur http und https werden verstanden, nicht %1</translation>
    </message>
    <message>
        <source>The name of the machine is missing</source>
        <translation>Der Name des Rechners fehlt</translation>
    </message>
    <message>
        <source>A name and a password do not belong here; the token goes into its own field</source>
        <translation>Name und Passwort gehören nicht hierher; das Token hat ein eigenes Feld</translation>
    </message>
    <message>
        <source>An address has no ? and no #</source>
        <translation>In einer Adresse stehen kein ? und kein #</translation>
    </message>
    <message>
        <source>Over http the token and all conversations travel unencrypted to %1</source>
        <translation>Über http gehen das Token und alle Gespräche unverschlüsselt an %1</translation>
    </message>
    <message>
        <source>Will attach to %1, port %2; a proxy listens on %3 unless told otherwise</source>
        <translation>Verbindet mit %1, Port %2; ein Proxy lauscht auf %3, wenn nichts anderes eingestellt ist</translation>
    </message>
    <message>
        <source>Will attach to %1</source>
        <translation>Verbindet mit %1</translation>
    </message>
    <message>
        <source>&amp;Read only: delete and retry nothing there, send nothing through it</source>
        <translation>Nur &amp;lesen: dort nichts löschen oder wiederholen, nichts darüber senden</translation>
    </message>
</context>
<context>
    <name>BarChart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>together: %1</source>
        <translation>zusammen: %1</translation>
    </message>
    <message>
        <source>Nothing in this time</source>
        <translation>Nichts in dieser Zeit</translation>
    </message>
    <message>
        <source>Copy as &amp;picture</source>
        <translation>Als &amp;Bild kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;CSV</source>
        <translation>Als &amp;CSV kopieren</translation>
    </message>
</context>
<context>
    <name>BodyView</name>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Load all</source>
        <translation>Alles laden</translation>
    </message>
    <message>
        <source>Reassembled</source>
        <translation>Zusammengesetzt</translation>
    </message>
    <message>
        <source>Pretty</source>
        <translation>Eingerückt</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Find in this body</source>
        <translation>In diesem Inhalt suchen</translation>
    </message>
    <message>
        <source>The beginning of %1</source>
        <translation>Der Anfang von %1</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Elemente</translation>
    </message>
</context>
<context>
    <name>CallDocument</name>
    <message>
        <source>Tool call: %1</source>
        <translation>Werkzeugaufruf: %1</translation>
    </message>
    <message>
        <source>Tool result, an error</source>
        <translation>Werkzeugergebnis, ein Fehler</translation>
    </message>
    <message>
        <source>Tool result</source>
        <translation>Werkzeugergebnis</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>Thinking, not shown by the provider</source>
        <translation>Überlegung, vom Anbieter nicht gezeigt</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Weigerung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 tokens in</source>
        <translation>%1 Token hinein</translation>
    </message>
    <message>
        <source>%1 tokens out</source>
        <translation>%1 Token heraus</translation>
    </message>
</context>
<context>
    <name>CallExporter</name>
    <message>
        <source>The source is gone</source>
        <translation>Die Quelle ist weg</translation>
    </message>
</context>
<context>
    <name>CallFeed</name>
    <message>
        <source>The telemetry could not keep up; how the call ended is not known</source>
        <translation>Die Telemetrie kam nicht nach; wie der Aufruf endete, ist nicht bekannt</translation>
    </message>
</context>
<context>
    <name>CallSidebar</name>
    <message>
        <source>Groups of calls</source>
        <translation>Gruppen von Aufrufen</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>Alle Aufrufe</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>no session</source>
        <translation>keine Sitzung</translation>
    </message>
    <message>
        <source>Agent %1 of the session %2</source>
        <translation>Agent %1 der Sitzung %2</translation>
    </message>
    <message numerus="yes">
        <source>+%n older</source>
        <translation>
            <numerusform>+%n älterer</numerusform>
            <numerusform>+%n ältere</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Forget this filter</source>
        <translation>Diesen Filter &amp;vergessen</translation>
    </message>
    <message>
        <source>Show &amp;only this</source>
        <translation>&amp;Nur das zeigen</translation>
    </message>
    <message>
        <source>&amp;Add to what is shown</source>
        <translation>Zum Gezeigten &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Hide this</source>
        <translation>Das &amp;ausblenden</translation>
    </message>
    <message>
        <source>Show the &amp;session</source>
        <translation>&amp;Sitzung zeigen</translation>
    </message>
</context>
<context>
    <name>CallTable</name>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
</context>
<context>
    <name>CallText</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>strömt</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>cancelled by client</source>
        <translation>vom Client abgebrochen</translation>
    </message>
    <message>
        <source>upstream error</source>
        <translation>Fehler des Anbieters</translation>
    </message>
    <message>
        <source>refused by the proxy</source>
        <translation>vom Proxy abgelehnt</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>not sent to Langfuse</source>
        <translation>nicht an Langfuse gesendet</translation>
    </message>
    <message>
        <source>queued for Langfuse</source>
        <translation>wartet auf Langfuse</translation>
    </message>
    <message>
        <source>accepted by Langfuse</source>
        <translation>von Langfuse angenommen</translation>
    </message>
    <message>
        <source>rejected by Langfuse</source>
        <translation>von Langfuse abgelehnt</translation>
    </message>
    <message>
        <source>The provider tells the tokens at the end</source>
        <translation>Der Anbieter nennt die Token am Ende</translation>
    </message>
    <message>
        <source>The answer ended before the provider told its tokens</source>
        <translation>Die Antwort endete, bevor der Anbieter die Token nannte</translation>
    </message>
    <message>
        <source>An error uses no tokens</source>
        <translation>Ein Fehler verbraucht keine Token</translation>
    </message>
    <message>
        <source>OpenAI stream without stream_options.include_usage</source>
        <translation>OpenAI-Strom ohne stream_options.include_usage</translation>
    </message>
    <message>
        <source>The answer told no tokens</source>
        <translation>Die Antwort nannte keine Token</translation>
    </message>
    <message>
        <source>not sent to Langfuse: sample rate</source>
        <translation>nicht an Langfuse gesendet: Stichprobe</translation>
    </message>
    <message>
        <source>will be sent to Langfuse again</source>
        <translation>wird noch einmal an Langfuse gesendet</translation>
    </message>
</context>
<context>
    <name>CallTotals</name>
    <message>
        <source>%1 (%2 cached)</source>
        <translation>%1 (%2 aus dem Cache)</translation>
    </message>
    <message>
        <source>cost n/a</source>
        <translation>Kosten unbekannt</translation>
    </message>
    <message>
        <source>Σ in %1 · out %2 · %3</source>
        <translation>Σ hinein %1 · heraus %2 · %3</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>ClientSnippets</name>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare requests</source>
        <translation>Anfragen vergleichen</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Was sich geändert hat</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>The prompt cache serves what stands before this</source>
        <translation>Der Prompt-Cache dient dem, was davor steht</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) at the front are the same.</source>
        <translation>
            <numerusform>%n Nachricht am Anfang ist gleich.</numerusform>
            <numerusform>%n Nachrichten am Anfang sind gleich.</numerusform>
        </translation>
    </message>
    <message>
        <source>The prompt cache serves the whole first request.</source>
        <translation>Der Prompt-Cache dient der ganzen ersten Anfrage.</translation>
    </message>
    <message>
        <source>The prompt cache serves the front up to: %1.</source>
        <translation>Der Prompt-Cache dient dem Anfang bis: %1.</translation>
    </message>
    <message>
        <source>The requests are the same.</source>
        <translation>Die Anfragen sind gleich.</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Send &amp;test request</source>
        <translation>&amp;Testanfrage senden</translation>
    </message>
    <message>
        <source>Retry &amp;now</source>
        <translation>&amp;Jetzt versuchen</translation>
    </message>
    <message>
        <source>How clients reach the proxy</source>
        <translation>Wie Clients den Proxy erreichen</translation>
    </message>
    <message>
        <source>&amp;Open a file…</source>
        <translation>Datei ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Attach to a proxy…</source>
        <translation>Mit einem Proxy &amp;verbinden …</translation>
    </message>
    <message>
        <source>The test request came through.</source>
        <translation>Die Testanfrage kam durch.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindet …</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbindet mit %1 …</translation>
    </message>
    <message>
        <source>Listening on %1</source>
        <translation>Lauscht auf %1</translation>
    </message>
    <message>
        <source>There are no requests in this file</source>
        <translation>In dieser Datei sind keine Anfragen</translation>
    </message>
    <message>
        <source>Attached to %1</source>
        <translation>Verbunden mit %1</translation>
    </message>
    <message>
        <source>Point a client at the proxy: its requests appear here as they start.</source>
        <translation>Richten Sie einen Client auf den Proxy: Seine Anfragen erscheinen hier, sobald sie beginnen.</translation>
    </message>
    <message>
        <source>The connection to %1 is lost</source>
        <translation>Die Verbindung zu %1 ist verloren</translation>
    </message>
    <message>
        <source>What answers there is no proxy that this program understands</source>
        <translation>Was dort antwortet, ist kein Proxy, den dieses Programm versteht</translation>
    </message>
    <message>
        <source>This source cannot be used</source>
        <translation>Diese Quelle ist nicht zu benutzen</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Nichts ist geöffnet</translation>
    </message>
    <message>
        <source>This proxy wants its own key (PROXY_API_KEY): give it to clients as their API key.</source>
        <translation>Dieser Proxy will einen eigenen Schlüssel (PROXY_API_KEY): Geben Sie ihn Clients als API-Schlüssel.</translation>
    </message>
    <message>
        <source>API keys pass through to the provider; on disk they are redacted.</source>
        <translation>API-Schlüssel gehen an den Anbieter durch; auf der Platte sind sie geschwärzt.</translation>
    </message>
    <message>
        <source>Traces are delivered to Langfuse.</source>
        <translation>Traces werden an Langfuse geliefert.</translation>
    </message>
    <message>
        <source>Delivery to Langfuse is off: traces stay on this machine. %1</source>
        <translation>Die Lieferung an Langfuse ist aus: Traces bleiben auf diesem Rechner. %1</translation>
    </message>
    <message>
        <source>Configure…</source>
        <translation>Einrichten …</translation>
    </message>
    <message>
        <source>Delivery to Langfuse is off there.</source>
        <translation>Die Lieferung an Langfuse ist dort aus.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>The test request is on its way…</source>
        <translation>Die Testanfrage ist unterwegs …</translation>
    </message>
</context>
<context>
    <name>ConnectionBanner</name>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Connecting to %1, attempt %2</source>
        <translation>Verbindet mit %1, Versuch %2</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbindet mit %1 …</translation>
    </message>
    <message>
        <source>Connection to %1 lost %2 s ago</source>
        <translation>Verbindung zu %1 vor %2 s verloren</translation>
    </message>
    <message>
        <source>retrying in %1 s</source>
        <translation>neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>retrying…</source>
        <translation>versucht es wieder …</translation>
    </message>
    <message>
        <source>%1 cannot be shown</source>
        <translation>%1 ist nicht zu zeigen</translation>
    </message>
    <message>
        <source>%1 refuses</source>
        <translation>%1 lehnt ab</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Recording is off: calls are forwarded and delivered as before, but not shown here</source>
        <translation>Die Aufzeichnung ist aus: Aufrufe werden wie zuvor weitergereicht und geliefert, aber hier nicht gezeigt</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) came while the connection was lost</source>
        <translation>
            <numerusform>%n Anfrage kam, während die Verbindung unterbrochen war</numerusform>
            <numerusform>%n Anfragen kamen, während die Verbindung unterbrochen war</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationBlocks</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source> · as in %1</source>
        <translation> · wie in %1</translation>
    </message>
    <message>
        <source> · changed since %1</source>
        <translation> · geändert seit %1</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message numerus="yes">
        <source>%n definition(s)</source>
        <translation>
            <numerusform>%n Definition</numerusform>
            <numerusform>%n Definitionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier message(s) unchanged since %1</source>
        <translation>
            <numerusform>%n frühere Nachricht, unverändert seit %1</numerusform>
            <numerusform>%n frühere Nachrichten, unverändert seit %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier message(s)</source>
        <translation>
            <numerusform>%n frühere Nachricht</numerusform>
            <numerusform>%n frühere Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>choice %1 · </source>
        <translation>Variante %1 · </translation>
    </message>
    <message>
        <source> · with sources</source>
        <translation> · mit Quellen</translation>
    </message>
    <message>
        <source> · signature ✓</source>
        <translation> · Signatur ✓</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) that only the provider can read</source>
        <translation>
            <numerusform>%n Byte, das nur der Anbieter lesen kann</numerusform>
            <numerusform>%n Bytes, die nur der Anbieter lesen kann</numerusform>
        </translation>
    </message>
    <message>
        <source>Tool call · %1</source>
        <translation>Werkzeugaufruf · %1</translation>
    </message>
    <message>
        <source>Tool result · %1</source>
        <translation>Werkzeugergebnis · %1</translation>
    </message>
    <message>
        <source>failed · </source>
        <translation>gescheitert · </translation>
    </message>
    <message numerus="yes">
        <source>~%1 tokens</source>
        <translation>
            <numerusform>~%1 Token</numerusform>
            <numerusform>~%1 Token</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationBrowser</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
</context>
<context>
    <name>ConversationHtml</name>
    <message numerus="yes">
        <source>Show the remaining %n character(s)</source>
        <translation>
            <numerusform>Noch %n Zeichen zeigen</numerusform>
            <numerusform>Noch %n Zeichen zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Result, failed</source>
        <translation>Ergebnis, gescheitert</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>ConversationText</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>Redacted thinking</source>
        <translation>Geschwärzte Überlegung</translation>
    </message>
    <message>
        <source>Tool call</source>
        <translation>Werkzeugaufruf</translation>
    </message>
    <message>
        <source>Tool result</source>
        <translation>Werkzeugergebnis</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Weigerung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Unknown part</source>
        <translation>Unbekannter Teil</translation>
    </message>
    <message>
        <source>stop %1</source>
        <translation>Ende %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>hinein %1</translation>
    </message>
    <message>
        <source> (%1 cached)</source>
        <translation> (%1 aus dem Cache)</translation>
    </message>
    <message>
        <source>out %1</source>
        <translation>heraus %1</translation>
    </message>
    <message>
        <source> (%1 thinking)</source>
        <translation> (%1 Überlegung)</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Expand all</source>
        <translation>Alles aufklappen</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>Show Markdown as it was written</source>
        <translation>Markdown zeigen, wie es geschrieben wurde</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Gespräch suchen</translation>
    </message>
</context>
<context>
    <name>DeliveryAlarm</name>
    <message>
        <source>Langfuse accepts traces again</source>
        <translation>Langfuse nimmt wieder Traces an</translation>
    </message>
    <message>
        <source>Delivery to Langfuse fails</source>
        <translation>Die Lieferung an Langfuse scheitert</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n trace(s) wait; nothing is lost.</source>
        <translation>
            <numerusform>%1 %n Trace wartet; nichts ist verloren.</numerusform>
            <numerusform>%1 %n Traces warten; nichts ist verloren.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeliveryText</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>Nothing is known of the delivery yet</source>
        <translation>Über die Lieferung ist noch nichts bekannt</translation>
    </message>
    <message>
        <source>Delivery to Langfuse is off: traces stay where they are recorded</source>
        <translation>Die Lieferung an Langfuse ist aus: Traces bleiben, wo sie aufgezeichnet werden</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) in a row have failed</source>
        <translation>
            <numerusform>%n Versuch ist gescheitert</numerusform>
            <numerusform>%n Versuche nacheinander sind gescheitert</numerusform>
        </translation>
    </message>
    <message>
        <source>Langfuse has refused a trace</source>
        <translation>Langfuse hat einen Trace abgelehnt</translation>
    </message>
    <message>
        <source>Langfuse accepts traces</source>
        <translation>Langfuse nimmt Traces an</translation>
    </message>
    <message>
        <source>Nothing has been sent since the proxy runs</source>
        <translation>Seit der Proxy läuft, wurde nichts gesendet</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>Nächster Versuch in %1.</translation>
    </message>
    <message>
        <source>It is being tried again now.</source>
        <translation>Es wird gerade wieder versucht.</translation>
    </message>
    <message>
        <source>Last accepted %1 ago.</source>
        <translation>Zuletzt vor %1 angenommen.</translation>
    </message>
    <message>
        <source>The oldest trace waits for %1.</source>
        <translation>Der älteste Trace wartet seit %1.</translation>
    </message>
    <message>
        <source>It adds up: %1 captured = %2 accepted + %3 pending + %4 on the way + %5 rejected + %6 dropped + %7 not to be sent.</source>
        <translation>Es geht auf: %1 erfasst = %2 angenommen + %3 wartend + %4 unterwegs + %5 abgelehnt + %6 aufgegeben + %7 nicht zu senden.</translation>
    </message>
    <message>
        <source>It does not add up: %1 captured, and %2 of which the end is known. Please report this.</source>
        <translation>Es geht nicht auf: %1 erfasst, und von %2 ist der Verbleib bekannt. Bitte melden Sie das.</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>the telemetry could not keep up with the calls</source>
        <translation>die Telemetrie kam mit den Aufrufen nicht mit</translation>
    </message>
    <message>
        <source>the database could not be written: the disk is full</source>
        <translation>die Datenbank war nicht zu schreiben: die Platte ist voll</translation>
    </message>
    <message>
        <source>the database could not be written</source>
        <translation>die Datenbank war nicht zu schreiben</translation>
    </message>
    <message>
        <source>too large even without its content</source>
        <translation>selbst ohne Inhalt zu groß</translation>
    </message>
    <message>
        <source>a trace with that id is stored already</source>
        <translation>ein Trace mit dieser Kennung ist schon gespeichert</translation>
    </message>
    <message>
        <source>in a damaged database that was set aside</source>
        <translation>in einer beschädigten Datenbank, die beiseitegelegt wurde</translation>
    </message>
    <message>
        <source>to make room: STORE_MAX_BYTES</source>
        <translation>um Platz zu schaffen: STORE_MAX_BYTES</translation>
    </message>
    <message>
        <source>too old: STORE_MAX_AGE</source>
        <translation>zu alt: STORE_MAX_AGE</translation>
    </message>
    <message>
        <source>by a user</source>
        <translation>von einem Benutzer</translation>
    </message>
    <message>
        <source>could not be read from the database any more</source>
        <translation>war aus der Datenbank nicht mehr zu lesen</translation>
    </message>
    <message>
        <source>Langfuse answered %1</source>
        <translation>Langfuse antwortete %1</translation>
    </message>
</context>
<context>
    <name>DeliveryView</name>
    <message>
        <source>Retry</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Open in Langfuse</source>
        <translation>In Langfuse öffnen</translation>
    </message>
    <message>
        <source>It waits for delivery again.</source>
        <translation>Er wartet wieder auf Lieferung.</translation>
    </message>
    <message>
        <source>There was nothing to retry.</source>
        <translation>Es gab nichts, was noch einmal zu versuchen war.</translation>
    </message>
    <message>
        <source>Failed attempts</source>
        <translation>Gescheiterte Versuche</translation>
    </message>
    <message>
        <source>Langfuse answered</source>
        <translation>Langfuse antwortete</translation>
    </message>
    <message>
        <source>Next attempt</source>
        <translation>Nächster Versuch</translation>
    </message>
    <message>
        <source>soon</source>
        <translation>bald</translation>
    </message>
    <message>
        <source>Last error of any delivery</source>
        <translation>Letzter Fehler irgendeiner Lieferung</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>The project is not known yet</source>
        <translation>Das Projekt ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>Copy payload</source>
        <translation>Nutzlast kopieren</translation>
    </message>
    <message>
        <source>What Langfuse gets of this call, as JSON</source>
        <translation>Was Langfuse von diesem Aufruf bekommt, als JSON</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>DeliveryWindow</name>
    <message>
        <source>Delivery to Langfuse</source>
        <translation>Lieferung an Langfuse</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Kopfzeilen</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Lieferung</translation>
    </message>
    <message>
        <source>Diff vs %1</source>
        <translation>Vergleich mit %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>No call is selected</source>
        <translation>Kein Aufruf ist ausgewählt</translation>
    </message>
    <message>
        <source>Events (%1)</source>
        <translation>Ereignisse (%1)</translation>
    </message>
    <message>
        <source>No earlier call of this session begins as this one does.</source>
        <translation>Kein früherer Aufruf dieser Sitzung beginnt wie dieser.</translation>
    </message>
    <message>
        <source>cut when it was kept</source>
        <translation>beim Speichern gekürzt</translation>
    </message>
    <message>
        <source>content is not kept</source>
        <translation>Inhalt wird nicht behalten</translation>
    </message>
    <message>
        <source>Shown when the call has ended</source>
        <translation>Wird gezeigt, wenn der Aufruf beendet ist</translation>
    </message>
    <message>
        <source>Save the body</source>
        <translation>Inhalt speichern</translation>
    </message>
    <message>
        <source>This call could not be fetched:</source>
        <translation>Dieser Aufruf konnte nicht geholt werden:</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>De&amp;tail</source>
        <translation>De&amp;tail</translation>
    </message>
    <message>
        <source>To the &amp;detail</source>
        <translation>Zum &amp;Detail</translation>
    </message>
    <message>
        <source>To the &amp;list</source>
        <translation>Zur &amp;Liste</translation>
    </message>
</context>
<context>
    <name>DiffHtml</name>
    <message numerus="yes">
        <source>%n line(s) unchanged</source>
        <translation>
            <numerusform>%n Zeile unverändert</numerusform>
            <numerusform>%n Zeilen unverändert</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of the prompt came from the cache.</source>
        <translation>Aus dem Cache kamen %1 des Prompts.</translation>
    </message>
    <message>
        <source>The provider does not say how much came from its cache.</source>
        <translation>Der Anbieter sagt nicht, wie viel aus seinem Cache kam.</translation>
    </message>
    <message>
        <source>The prompt cache can serve the front only up to %1, which differs. %2</source>
        <translation>Der Prompt-Cache kann nur dem Anfang bis %1 dienen; dort weicht die Anfrage ab. %2</translation>
    </message>
    <message>
        <source>This request only goes on where the other ended, so that the cache could serve all of it, but %1 It had expired, was never written, or the prompt is too short for it.</source>
        <translation>Diese Anfrage setzt nur fort, wo die andere endete, sodass der Cache der ganzen dienen könnte. Aber: %1 Er war abgelaufen, wurde nie geschrieben, oder der Prompt ist dafür zu kurz.</translation>
    </message>
    <message>
        <source>This request only goes on where the other ended: the cache can serve all of it. %1</source>
        <translation>Diese Anfrage setzt nur fort, wo die andere endete: Der Cache kann der ganzen dienen. %1</translation>
    </message>
    <message>
        <source>cache miss: expired</source>
        <translation>Cache verfehlt: abgelaufen</translation>
    </message>
    <message>
        <source>cache miss: %1 changed</source>
        <translation>Cache verfehlt: %1 geändert</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) unchanged since %1</source>
        <translation>
            <numerusform>%n Nachricht unverändert seit %1</numerusform>
            <numerusform>%n Nachrichten unverändert seit %1</numerusform>
        </translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugekommen</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>Kein Unterschied</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>this</source>
        <translation>dieser</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabetoken</translation>
    </message>
    <message>
        <source>of them cached</source>
        <translation>davon aus dem Cache</translation>
    </message>
    <message>
        <source>written to the cache</source>
        <translation>in den Cache geschrieben</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabetoken</translation>
    </message>
    <message>
        <source>message %1</source>
        <translation>Nachricht %1</translation>
    </message>
    <message>
        <source>parameter %1</source>
        <translation>Parameter %1</translation>
    </message>
    <message>
        <source>tool %1</source>
        <translation>Tool %1</translation>
    </message>
    <message>
        <source>order of the tools</source>
        <translation>Reihenfolge der Tools</translation>
    </message>
</context>
<context>
    <name>EngineSource</name>
    <message>
        <source>The proxy starts again</source>
        <translation>Der Proxy startet neu</translation>
    </message>
    <message>
        <source>The proxy starts again with other settings</source>
        <translation>Der Proxy startet mit anderen Einstellungen neu</translation>
    </message>
    <message>
        <source>The proxy is not running</source>
        <translation>Der Proxy läuft nicht</translation>
    </message>
</context>
<context>
    <name>EventsModel</name>
    <message>
        <source>Nothing came for more than a second</source>
        <translation>Mehr als eine Sekunde lang kam nichts</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>+ms</source>
        <translation>+ms</translation>
    </message>
    <message>
        <source>Gap ms</source>
        <translation>Pause ms</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
</context>
<context>
    <name>EventsView</name>
    <message>
        <source>Type or data contains …</source>
        <translation>Typ oder Daten enthalten …</translation>
    </message>
    <message>
        <source>This answer was no stream of events</source>
        <translation>Diese Antwort war kein Strom von Ereignissen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Type of the events</source>
        <translation>Typ der Ereignisse</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Alle Typen</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export calls</source>
        <translation>Aufrufe exportieren</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Selected (%n)</source>
        <translation>
            <numerusform>&amp;Ausgewählt (%n)</numerusform>
            <numerusform>&amp;Ausgewählt (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All that are s&amp;hown (%n)</source>
        <translation>
            <numerusform>Alle &amp;gezeigten (%n)</numerusform>
            <numerusform>Alle &amp;gezeigten (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>HAR: for the network panel of browsers</source>
        <translation>HAR: für die Netzwerkanalyse von Browsern</translation>
    </message>
    <message>
        <source>JSON lines: everything of each call</source>
        <translation>JSON-Zeilen: alles von jedem Aufruf</translation>
    </message>
    <message>
        <source>Records: to be imported again</source>
        <translation>Datensätze: um sie wieder zu importieren</translation>
    </message>
    <message>
        <source>CSV: the list as it is shown</source>
        <translation>CSV: die Liste, wie sie zu sehen ist</translation>
    </message>
    <message>
        <source>Markdown: the conversations</source>
        <translation>Markdown: die Gespräche</translation>
    </message>
    <message>
        <source>HTML: the conversations, one page</source>
        <translation>HTML: die Gespräche, eine Seite</translation>
    </message>
    <message>
        <source>API keys are masked in what is stored, and so in every export. Conversations are not: see to whom you give the file.</source>
        <translation>API-Schlüssel sind im Gespeicherten und damit in jedem Export geschwärzt. Gespräche sind es nicht: Achten Sie darauf, wem Sie die Datei geben.</translation>
    </message>
    <message>
        <source>Calls:</source>
        <translation>Aufrufe:</translation>
    </message>
    <message>
        <source>&amp;Form:</source>
        <translation>&amp;Form:</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter …</translation>
    </message>
    <message numerus="yes">
        <source>Written, but for %n call(s) that have not ended or are gone.</source>
        <translation>
            <numerusform>Geschrieben, bis auf %n Aufruf, der noch läuft oder weg ist.</numerusform>
            <numerusform>Geschrieben, bis auf %n Aufrufe, die noch laufen oder weg sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was written: %1</source>
        <translation>Nichts wurde geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>FileComparison</name>
    <message>
        <source>one of them has no calls</source>
        <translation>in einer davon ist kein Aufruf</translation>
    </message>
    <message>
        <source>The files cannot be compared: %1</source>
        <translation>Die Dateien können nicht verglichen werden: %1</translation>
    </message>
</context>
<context>
    <name>FileSource</name>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>%1 ist nicht zu öffnen: %2</translation>
    </message>
    <message>
        <source>The file is not open</source>
        <translation>Die Datei ist nicht geöffnet</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Clear the filter (Esc)</source>
        <translation>Filter leeren (Esc)</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Calls that failed</source>
        <translation>Aufrufe, die gescheitert sind</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Calls that are still open</source>
        <translation>Aufrufe, die noch offen sind</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Answers that call a tool</source>
        <translation>Antworten, die ein Werkzeug aufrufen</translation>
    </message>
    <message>
        <source>Undelivered</source>
        <translation>Nicht geliefert</translation>
    </message>
    <message>
        <source>Calls that Langfuse has not accepted yet</source>
        <translation>Aufrufe, die Langfuse noch nicht angenommen hat</translation>
    </message>
    <message>
        <source>Save filter</source>
        <translation>Filter speichern</translation>
    </message>
    <message>
        <source>Name of the filter:</source>
        <translation>Name des Filters:</translation>
    </message>
    <message>
        <source>Forget this saved filter</source>
        <translation>Diesen gespeicherten Filter vergessen</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Diesen Filter speichern</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>not %1</source>
        <comment>a chip of the filter</comment>
        <translation>nicht %1</translation>
    </message>
    <message>
        <source>%1 — click to remove</source>
        <translation>%1 — zum Entfernen klicken</translation>
    </message>
    <message>
        <source>Remove the filter %1</source>
        <translation>Filter %1 entfernen</translation>
    </message>
</context>
<context>
    <name>FilterCompletion</name>
    <message>
        <source>for example</source>
        <translation>zum Beispiel</translation>
    </message>
    <message>
        <source>has any</source>
        <translation>irgendein Wert</translation>
    </message>
</context>
<context>
    <name>FilterFields</name>
    <message>
        <source>provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>stop reason</source>
        <translation>Endegrund</translation>
    </message>
    <message>
        <source>time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>input tokens</source>
        <translation>Eingabetoken</translation>
    </message>
    <message>
        <source>output tokens</source>
        <translation>Ausgabetoken</translation>
    </message>
    <message>
        <source>cached share</source>
        <translation>Anteil aus dem Cache</translation>
    </message>
    <message>
        <source>reasoning tokens</source>
        <translation>Überlegungstoken</translation>
    </message>
    <message>
        <source>all tokens</source>
        <translation>alle Token</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>user</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>delivery</source>
        <translation>Lieferung</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>markiert</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>started after</source>
        <translation>begonnen nach</translation>
    </message>
    <message>
        <source>started before</source>
        <translation>begonnen vor</translation>
    </message>
    <message>
        <source>text of the call</source>
        <translation>Text des Aufrufs</translation>
    </message>
    <message>
        <source>a time such as 2s, 300ms or &gt;1.5s</source>
        <translation>eine Zeit wie 2s, 300ms oder &gt;1.5s</translation>
    </message>
    <message>
        <source>an amount such as $0.10 or &gt;0.5</source>
        <translation>ein Betrag wie $0.10 oder &gt;0.5</translation>
    </message>
    <message>
        <source>a share such as 80% or &lt;50</source>
        <translation>ein Anteil wie 80% oder &lt;50</translation>
    </message>
    <message>
        <source>a status such as 429, 4xx or &gt;=400</source>
        <translation>ein Status wie 429, 4xx oder &gt;=400</translation>
    </message>
    <message>
        <source>a time such as 10:42, 2026-11-24 or 15m</source>
        <translation>ein Zeitpunkt wie 10:42, 2026-11-24 oder 15m</translation>
    </message>
    <message>
        <source>a number such as 500, 50k or &gt;1.5M</source>
        <translation>eine Zahl wie 500, 50k oder &gt;1.5M</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter:  model:opus  status:&gt;=400  ttft:&gt;2s  cost:&gt;$0.10  tool:bash  &quot;text&quot;   (Ctrl+F)</source>
        <translation>Filter:  model:opus  status:&gt;=400  ttft:&gt;2s  cost:&gt;$0.10  tool:bash  &quot;Text&quot;   (Strg+F)</translation>
    </message>
    <message>
        <source>%1    %2</source>
        <comment>a suggestion and what it means</comment>
        <translation>%1    %2</translation>
    </message>
</context>
<context>
    <name>FilterParser</name>
    <message>
        <source>There is a ) without its (</source>
        <translation>Zu einer ) fehlt die (</translation>
    </message>
    <message>
        <source>The closing %1 is missing</source>
        <translation>Das schließende %1 fehlt</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Something is missing beside OR, or between brackets</source>
        <translation>Neben OR oder zwischen Klammern fehlt etwas</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>The brackets are nested too deep</source>
        <translation>Die Klammern sind zu tief geschachtelt</translation>
    </message>
    <message>
        <source>Something must follow a -</source>
        <translation>Nach einem - muss etwas folgen</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>nicht %1</translation>
    </message>
    <message>
        <source>A ) is missing</source>
        <translation>Eine ) fehlt</translation>
    </message>
    <message>
        <source>There is no field %1</source>
        <translation>Es gibt kein Feld %1</translation>
    </message>
    <message>
        <source>%1: wants %2</source>
        <translation>%1: erwartet %2</translation>
    </message>
    <message>
        <source>“%1” occurs</source>
        <translation>„%1“ kommt vor</translation>
    </message>
    <message>
        <source>there is a value of %1</source>
        <translation>es gibt einen Wert für %1</translation>
    </message>
    <message>
        <source>%1 is no regular expression: %2</source>
        <translation>%1 ist kein regulärer Ausdruck: %2</translation>
    </message>
    <message>
        <source>%1 fits %2</source>
        <translation>%1 passt auf %2</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1 ist %2</translation>
    </message>
    <message>
        <source>%1 contains %2</source>
        <translation>%1 enthält %2</translation>
    </message>
    <message>
        <source>%1 is known</source>
        <translation>%1 ist bekannt</translation>
    </message>
    <message>
        <source>%1 at least %2</source>
        <translation>%1 mindestens %2</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>%1 at most %2</source>
        <translation>%1 höchstens %2</translation>
    </message>
    <message>
        <source>%1 under %2</source>
        <translation>%1 unter %2</translation>
    </message>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1 von %2 bis %3</translation>
    </message>
    <message>
        <source>%1: is one of %2</source>
        <translation>%1: ist eines von %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>%1 has the words %2</source>
        <translation>%1 hat die Wörter %2</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>From the end</source>
        <translation>Vom Ende an</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>Vom Anfang an</translation>
    </message>
</context>
<context>
    <name>FollowMode</name>
    <message numerus="yes">
        <source>▼ %n new</source>
        <translation>
            <numerusform>▼ %n neuer</numerusform>
            <numerusform>▼ %n neue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n neuer</numerusform>
            <numerusform>%n neue</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the newest call and follow (End)</source>
        <translation>Zum neuesten Aufruf gehen und folgen (Ende)</translation>
    </message>
    <message>
        <source>Come since; sorted in by the order of the list</source>
        <translation>Seither gekommen; nach der Ordnung der Liste einsortiert</translation>
    </message>
</context>
<context>
    <name>HeadersView</name>
    <message>
        <source>Name or value contains …</source>
        <translation>Name oder Wert enthält …</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>none came</source>
        <translation>keine kam</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>geschwärzt</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Kopfzeilen</translation>
    </message>
</context>
<context>
    <name>HeadlessExport</name>
    <message numerus="yes">
        <source>%n call(s) are left out: they have not ended, or are gone</source>
        <translation>
            <numerusform>%n Aufruf fehlt: er läuft noch oder ist weg</numerusform>
            <numerusform>%n Aufrufe fehlen: sie laufen noch oder sind weg</numerusform>
        </translation>
    </message>
    <message>
        <source>The source cannot be read</source>
        <translation>Die Quelle kann nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>HexView</name>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
</context>
<context>
    <name>JsonTreeModel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>%1…(%2 in all)</source>
        <translation>%1…(%2 insgesamt)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>LedgerView</name>
    <message>
        <source>What became of them</source>
        <translation>Was aus ihnen wurde</translation>
    </message>
    <message>
        <source>Traces</source>
        <translation>Traces</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Fate</source>
        <translation>Verbleib</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>No trace was refused, given up or deleted.</source>
        <translation>Kein Trace wurde abgelehnt, aufgegeben oder gelöscht.</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Bilanz</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Captured</source>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>Accepted by Langfuse</source>
        <translation>Von Langfuse angenommen</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Rejected by Langfuse</source>
        <translation>Von Langfuse abgelehnt</translation>
    </message>
    <message>
        <source>Dropped by the proxy</source>
        <translation>Vom Proxy aufgegeben</translation>
    </message>
    <message>
        <source>Not to be sent</source>
        <translation>Nicht zu senden</translation>
    </message>
</context>
<context>
    <name>ListCommands</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message numerus="yes">
        <source>Take %n calls off the list?</source>
        <translation>
            <numerusform>%n Aufruf von der Liste nehmen?</numerusform>
            <numerusform>%n Aufrufe von der Liste nehmen?</numerusform>
        </translation>
    </message>
    <message>
        <source>What the proxy has stored stays stored.</source>
        <translation>Was der Proxy gespeichert hat, bleibt gespeichert.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note for call %1:</source>
        <translation>Notiz zu Aufruf %1:</translation>
    </message>
    <message>
        <source>Show &amp;only %1</source>
        <translation>&amp;Nur %1 zeigen</translation>
    </message>
    <message>
        <source>&amp;Hide %1</source>
        <translation>%1 &amp;ausblenden</translation>
    </message>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
</context>
<context>
    <name>ListNotice</name>
    <message>
        <source>No call matches</source>
        <translation>Kein Aufruf passt</translation>
    </message>
    <message>
        <source>0 of %1 calls match the filter.</source>
        <translation>0 von %1 Aufrufen passen auf den Filter.</translation>
    </message>
    <message>
        <source>The file cannot be opened</source>
        <translation>Die Datei ist nicht zu öffnen</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Keine Verbindung</translation>
    </message>
    <message>
        <source>This cannot be shown</source>
        <translation>Das ist nicht zu zeigen</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindet …</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>This file holds no calls</source>
        <translation>In dieser Datei sind keine Aufrufe</translation>
    </message>
    <message>
        <source>Recording is off</source>
        <translation>Die Aufzeichnung ist aus</translation>
    </message>
    <message>
        <source>Calls are forwarded and delivered as before, but not shown.</source>
        <translation>Aufrufe werden wie zuvor weitergereicht und geliefert, aber nicht gezeigt.</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>Noch keine Aufrufe</translation>
    </message>
    <message>
        <source>Point a client at %1 and its calls appear here.</source>
        <translation>Richten Sie einen Client auf %1, und seine Aufrufe erscheinen hier.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufzeichnen</translation>
    </message>
</context>
<context>
    <name>LiveDocument</name>
    <message>
        <source>in short; the whole request is shown when the call has ended</source>
        <translation>gekürzt; die ganze Anfrage wird gezeigt, wenn der Aufruf beendet ist</translation>
    </message>
    <message>
        <source>The answer is not shown while it comes: rules for what is kept need the whole text.</source>
        <translation>Die Antwort wird nicht gezeigt, während sie kommt: Regeln dafür, was behalten wird, brauchen den ganzen Text.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Langfuse Proxy</source>
        <translation>Langfuse Proxy</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>How the delivery to Langfuse goes</source>
        <translation>Wie es um die Lieferung an Langfuse steht</translation>
    </message>
    <message>
        <source>The stored calls cannot be read: %1</source>
        <translation>Die gespeicherten Aufrufe sind nicht zu lesen: %1</translation>
    </message>
    <message>
        <source>%1 — Langfuse Proxy</source>
        <translation>%1 — Langfuse Proxy</translation>
    </message>
    <message>
        <source>Keep the newest call in sight (End)</source>
        <translation>Den neuesten Aufruf im Blick behalten (Ende)</translation>
    </message>
    <message>
        <source>Only while the list is sorted by # upwards can the newest call be followed</source>
        <translation>Nur solange die Liste aufsteigend nach # geordnet ist, lässt sich dem neuesten Aufruf folgen</translation>
    </message>
    <message>
        <source>The search has failed: %1</source>
        <translation>Die Suche ist fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>About Langfuse Proxy</source>
        <translation>Über Langfuse Proxy</translation>
    </message>
    <message>
        <source>Langfuse Proxy %1</source>
        <translation>Langfuse Proxy %1</translation>
    </message>
    <message>
        <source>Shows the calls that a langfuse-proxy forwards to LLM providers, as they happen.
Free software under the GPL, version 3 or later.</source>
        <translation>Zeigt die Aufrufe, die ein langfuse-proxy an LLM-Anbieter weiterleitet, während sie geschehen.
Freie Software unter der GPL, Version 3 oder neuer.</translation>
    </message>
</context>
<context>
    <name>OverviewStrip</name>
    <message>
        <source>Calls over time</source>
        <translation>Aufrufe über die Zeit</translation>
    </message>
    <message>
        <source>%1 at once · %2</source>
        <comment>the most calls at the same time, and the highest cost of a bar</comment>
        <translation>%1 zugleich · %2</translation>
    </message>
    <message numerus="yes">
        <source>%1
%n calls at once
%2 spent
Drag to see only a part of the time</source>
        <translation>
            <numerusform>%1
%n Aufruf zugleich
%2 ausgegeben
Ziehen zeigt nur einen Teil der Zeit</numerusform>
            <numerusform>%1
%n Aufrufe zugleich
%2 ausgegeben
Ziehen zeigt nur einen Teil der Zeit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemoteSource</name>
    <message>
        <source>nothing was heard for %1 s</source>
        <translation>seit %1 s war nichts zu hören</translation>
    </message>
    <message>
        <source>what answers there is no langfuse-proxy</source>
        <translation>was dort antwortet, ist kein langfuse-proxy</translation>
    </message>
    <message>
        <source>the connection has ended</source>
        <translation>die Verbindung wurde beendet</translation>
    </message>
    <message>
        <source>it speaks another version of the API than this viewer (%1)</source>
        <translation>es spricht eine andere Version der API als dieses Programm (%1)</translation>
    </message>
    <message>
        <source>This viewer is attached read only</source>
        <translation>Diese Anzeige ist nur lesend verbunden</translation>
    </message>
</context>
<context>
    <name>ReplayCall</name>
    <message>
        <source>The proxy has no trace of the call</source>
        <translation>Der Proxy hat keinen Trace des Aufrufs</translation>
    </message>
    <message>
        <source>The proxy cannot be reached: %1</source>
        <translation>Der Proxy ist nicht zu erreichen: %1</translation>
    </message>
</context>
<context>
    <name>ReplayDialog</name>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Show in the &amp;list</source>
        <translation>In der &amp;Liste zeigen</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Noch einmal senden</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>API &amp;key:</source>
        <translation>API-S&amp;chlüssel:</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>The answer will stand here.</source>
        <translation>Hier wird die Antwort stehen.</translation>
    </message>
    <message>
        <source>This is a file: there is no proxy to send it through.</source>
        <translation>Das ist eine Datei: Es gibt keinen Proxy, durch den gesendet werden könnte.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>the proxy has one</source>
        <translation>der Proxy hat einen</translation>
    </message>
    <message>
        <source>from the environment</source>
        <translation>aus der Umgebung</translation>
    </message>
    <message>
        <source>asked for by the provider; kept nowhere</source>
        <translation>will der Anbieter; wird nirgends behalten</translation>
    </message>
    <message>
        <source>This call cannot be sent again: %1</source>
        <translation>Dieser Aufruf kann nicht noch einmal gesendet werden: %1</translation>
    </message>
    <message>
        <source>This is no JSON: %1, at character %2</source>
        <translation>Das ist kein JSON: %1, bei Zeichen %2</translation>
    </message>
    <message>
        <source>&amp;Send changed</source>
        <translation>Geändert &amp;senden</translation>
    </message>
    <message>
        <source>Sent…</source>
        <translation>Gesendet …</translation>
    </message>
    <message>
        <source>%1 in</source>
        <translation>%1 hinein</translation>
    </message>
    <message>
        <source>%1 out</source>
        <translation>%1 heraus</translation>
    </message>
    <message>
        <source>This viewer is attached read only.</source>
        <translation>Diese Anzeige ist nur lesend verbunden.</translation>
    </message>
</context>
<context>
    <name>RequestColumns</name>
    <message>
        <source>n/a</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a column&apos;s title and its value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Prov</source>
        <translation>Anb</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>TTFT</source>
        <translation>TTFT</translation>
    </message>
    <message>
        <source>Dur</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>Tok/s</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>LF</source>
        <translation>LF</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabetoken</translation>
    </message>
    <message>
        <source>Share of the input from the cache</source>
        <translation>Anteil der Eingabe aus dem Cache</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabetoken</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>Langfuse</source>
        <translation>Langfuse</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>Cache write</source>
        <translation>In den Cache</translation>
    </message>
    <message>
        <source>Method and path</source>
        <translation>Methode und Pfad</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Stop reason</source>
        <translation>Endegrund</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Kopfzeilen</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Started %1
Headers after %2
First token after %3
Took %4</source>
        <translation>Begonnen %1
Kopfzeilen nach %2
Erstes Token nach %3
Dauerte %4</translation>
    </message>
    <message>
        <source>%1
asked for: %2</source>
        <translation>%1
verlangt war: %2</translation>
    </message>
    <message>
        <source>Input %1: uncached %2, read from the cache %3, written to it %4
Output %5, of it reasoning %6</source>
        <translation>Eingabe %1: nicht aus dem Cache %2, aus dem Cache %3, hineingeschrieben %4
Ausgabe %5, davon Überlegung %6</translation>
    </message>
    <message>
        <source>Headers after %1, first token after %2</source>
        <translation>Kopfzeilen nach %1, erstes Token nach %2</translation>
    </message>
    <message>
        <source>The price of %1 is not known; PRICES_FILE can tell it</source>
        <translation>Der Preis von %1 ist nicht bekannt; PRICES_FILE kann ihn nennen</translation>
    </message>
    <message>
        <source> US dollars</source>
        <translation> US-Dollar</translation>
    </message>
    <message>
        <source>%1
%2 (failed attempts: %3)</source>
        <translation>%1
%2 (gescheiterte Versuche: %3)</translation>
    </message>
</context>
<context>
    <name>SessionModel</name>
    <message>
        <source>Turn %1: %2</source>
        <translation>Runde %1: %2</translation>
    </message>
    <message>
        <source>%1
The time between the answer that asks for it and the next request. How long each tool ran is not told.</source>
        <translation>%1
Die Zeit zwischen der Antwort, die es verlangt, und der nächsten Anfrage. Wie lange jedes Werkzeug lief, wird nicht gesagt.</translation>
    </message>
    <message>
        <source>The longest prompt of this turn: how full the model&apos;s context was</source>
        <translation>Der längste Prompt dieser Runde: wie voll der Kontext des Modells war</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n Aufruf</numerusform>
            <numerusform>%n Aufrufe</numerusform>
        </translation>
    </message>
    <message>
        <source>begins %1 after the session&apos;s begin, takes %2</source>
        <translation>beginnt %1 nach dem Beginn der Sitzung, dauert %2</translation>
    </message>
    <message>
        <source>Tool %1</source>
        <translation>Werkzeug %1</translation>
    </message>
    <message>
        <source>Turn, request, tool</source>
        <translation>Runde, Anfrage, Werkzeug</translation>
    </message>
    <message>
        <source>Longest prompt of the turn</source>
        <translation>Längster Prompt der Runde</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
</context>
<context>
    <name>SessionPage</name>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Back to the list of calls (Esc)</source>
        <translation>Zurück zur Liste der Aufrufe (Esc)</translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s)</source>
        <translation>
            <numerusform>%n Runde</numerusform>
            <numerusform>%n Runden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n Aufruf</numerusform>
            <numerusform>%n Aufrufe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>Turns, requests and tools of the session</source>
        <translation>Runden, Anfragen und Werkzeuge der Sitzung</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>command line</source>
        <translation>Kommandozeile</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>.env file</source>
        <translation>.env-Datei</translation>
    </message>
    <message>
        <source>saved here</source>
        <translation>hier gespeichert</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Set by the %1, which comes first. To change it here, take it out there.</source>
        <translation>Gesetzt durch: %1. Das hat Vorrang; um es hier zu ändern, nehmen Sie es dort heraus.</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>set, not shown</source>
        <translation>gesetzt, wird nicht gezeigt</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1 (Vorgabe)</translation>
    </message>
    <message>
        <source>Not allowed. Allowed: %1.</source>
        <translation>Nicht erlaubt. Erlaubt: %1.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Langfuse</source>
        <translation>Langfuse</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Settings of the proxy</source>
        <translation>Einstellungen des Proxys</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Gruppen von Einstellungen</translation>
    </message>
    <message>
        <source>No setting is about that.</source>
        <translation>Davon handelt keine Einstellung.</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>Verbindung &amp;prüfen</translation>
    </message>
    <message>
        <source>&amp;Save and restart</source>
        <translation>&amp;Speichern und neu starten</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) cannot be saved as they are.</source>
        <translation>
            <numerusform>%n Einstellung ist so nicht zu speichern.</numerusform>
            <numerusform>%n Einstellungen sind so nicht zu speichern.</numerusform>
        </translation>
    </message>
    <message>
        <source>They are saved in %1, which only you can read.</source>
        <translation>Gespeichert wird in %1, was nur Sie lesen können.</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Fragt %1 …</translation>
    </message>
</context>
<context>
    <name>SettingsDraft</name>
    <message>
        <source>The settings could not be saved in %1: %2</source>
        <translation>Die Einstellungen ließen sich nicht in %1 speichern: %2</translation>
    </message>
</context>
<context>
    <name>ShortcutDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>Was sie tun</translation>
    </message>
    <message>
        <source>J, Down</source>
        <translation>J, Ab</translation>
    </message>
    <message>
        <source>Next call</source>
        <translation>Nächster Aufruf</translation>
    </message>
    <message>
        <source>K, Up</source>
        <translation>K, Auf</translation>
    </message>
    <message>
        <source>Previous call</source>
        <translation>Voriger Aufruf</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>First call</source>
        <translation>Erster Aufruf</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Newest call, and follow</source>
        <translation>Neuester Aufruf, und folgen</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>To the detail of the call</source>
        <translation>Zu den Einzelheiten des Aufrufs</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>In the filter: dim instead of hiding</source>
        <translation>Im Filter: abblenden statt ausblenden</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Strg+Leertaste</translation>
    </message>
    <message>
        <source>In the filter: suggestions</source>
        <translation>Im Filter: Vorschläge</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>Auf, Ab</translation>
    </message>
    <message>
        <source>In the filter: earlier ones</source>
        <translation>Im Filter: frühere</translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <source>Source of the calls</source>
        <translation>Quelle der Aufrufe</translation>
    </message>
    <message>
        <source>Where the calls come from</source>
        <translation>Woher die Aufrufe kommen</translation>
    </message>
    <message>
        <source>Own proxy</source>
        <translation>Eigener Proxy</translation>
    </message>
    <message>
        <source>Own proxy :%1</source>
        <translation>Eigener Proxy :%1</translation>
    </message>
    <message>
        <source>Attach to a proxy…</source>
        <translation>Mit einem Proxy verbinden …</translation>
    </message>
    <message>
        <source>Open a store…</source>
        <translation>Speicher öffnen …</translation>
    </message>
    <message>
        <source>%1, read only</source>
        <translation>%1, nur lesend</translation>
    </message>
</context>
<context>
    <name>SourceDialogs</name>
    <message>
        <source>The token is not kept: %1 (%2)</source>
        <translation>Das Token wird nicht behalten: %1 (%2)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open a store or a HAR</source>
        <translation>Speicher oder HAR öffnen</translation>
    </message>
    <message>
        <source>Stores and HAR (*.db *.sqlite *.sqlite3 *.har)</source>
        <translation>Speicher und HAR (*.db *.sqlite *.sqlite3 *.har)</translation>
    </message>
</context>
<context>
    <name>StatusPanel</name>
    <message>
        <source>Recording %1</source>
        <translation>Zeichnet auf: %1</translation>
    </message>
    <message>
        <source>Recording is off</source>
        <translation>Die Aufzeichnung ist aus</translation>
    </message>
    <message>
        <source>Connecting %1</source>
        <translation>Verbindet: %1</translation>
    </message>
    <message>
        <source>Lost %1</source>
        <translation>Verloren: %1</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 · %2 selected</source>
        <translation>%1 · %2 ausgewählt</translation>
    </message>
    <message>
        <source>%1 · dropped the %2 oldest</source>
        <translation>%1 · die %2 ältesten entfernt</translation>
    </message>
    <message>
        <source>%1 live · %2 calls/s</source>
        <translation>%1 laufend · %2 Aufrufe/s</translation>
    </message>
    <message>
        <source>%1 live</source>
        <translation>%1 laufend</translation>
    </message>
    <message>
        <source>Of the selected calls</source>
        <translation>Der ausgewählten Aufrufe</translation>
    </message>
    <message>
        <source>Of all calls that are shown</source>
        <translation>Aller gezeigten Aufrufe</translation>
    </message>
    <message>
        <source>Langfuse off</source>
        <translation>Langfuse aus</translation>
    </message>
    <message>
        <source>Langfuse: %1 queued</source>
        <translation>Langfuse: %1 wartend</translation>
    </message>
    <message>
        <source>Langfuse</source>
        <translation>Langfuse</translation>
    </message>
    <message>
        <source>%1 · %2 failed</source>
        <translation>%1 · %2 gescheitert</translation>
    </message>
    <message>
        <source>Langfuse: off</source>
        <translation>Langfuse: aus</translation>
    </message>
    <message>
        <source>%1 accepted</source>
        <translation>%1 angenommen</translation>
    </message>
    <message>
        <source>%1 queued</source>
        <translation>%1 wartend</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 gescheitert</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation>%1 aufgegeben</translation>
    </message>
    <message>
        <source>Langfuse: %1</source>
        <translation>Langfuse: %1</translation>
    </message>
</context>
<context>
    <name>StopwatchBar</name>
    <message>
        <source>Put the stopwatch away</source>
        <translation>Die Stoppuhr weglegen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Stopwatch %1</source>
        <translation>Stoppuhr %1</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n Aufruf</numerusform>
            <numerusform>%n Aufrufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n offen</numerusform>
            <numerusform>%n offen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryStrip</name>
    <message>
        <source>stream</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>TTFT %1</source>
        <translation>TTFT %1</translation>
    </message>
    <message>
        <source>total %1</source>
        <translation>gesamt %1</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 Tok/s</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>hinein %1</translation>
    </message>
    <message>
        <source> (%1 cached)</source>
        <translation> (%1 aus dem Cache)</translation>
    </message>
    <message>
        <source>out %1</source>
        <translation>heraus %1</translation>
    </message>
    <message>
        <source> (%1 think)</source>
        <translation> (%1 Überlegung)</translation>
    </message>
    <message>
        <source>cost n/a</source>
        <translation>Kosten unbekannt</translation>
    </message>
    <message>
        <source>stop %1</source>
        <translation>Ende %1</translation>
    </message>
</context>
<context>
    <name>TestCall</name>
    <message>
        <source>There is no free port for the test.</source>
        <translation>Für den Test gibt es keinen freien Port.</translation>
    </message>
    <message>
        <source>The test request failed: %1</source>
        <translation>Die Testanfrage scheiterte: %1</translation>
    </message>
</context>
<context>
    <name>TimingPicture</name>
    <message>
        <source>Request sent</source>
        <translation>Anfrage gesendet</translation>
    </message>
    <message>
        <source>Wait for the answer&apos;s head</source>
        <translation>Warten auf den Kopf der Antwort</translation>
    </message>
    <message>
        <source>Wait for the first token</source>
        <translation>Warten auf das erste Token</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>bytes of the answer over time</source>
        <translation>Bytes der Antwort über die Zeit</translation>
    </message>
</context>
<context>
    <name>TimingView</name>
    <message>
        <source>Phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>Tokens per second, after the first</source>
        <translation>Token je Sekunde, nach dem ersten</translation>
    </message>
    <message>
        <source>Pieces of the answer</source>
        <translation>Stücke der Antwort</translation>
    </message>
    <message>
        <source>Longest pause between them</source>
        <translation>Längste Pause dazwischen</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
</context>
<context>
    <name>TraceList</name>
    <message>
        <source>&amp;Retry selected</source>
        <translation>Ausgewählte noch &amp;einmal</translation>
    </message>
    <message>
        <source>Retry &amp;all</source>
        <translation>&amp;Alle noch einmal</translation>
    </message>
    <message>
        <source>&amp;Open in Langfuse</source>
        <translation>In Langfuse ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Traces</source>
        <translation>Traces</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>What Langfuse said</source>
        <translation>Was Langfuse sagte</translation>
    </message>
    <message>
        <source>Which traces</source>
        <translation>Welche Traces</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message numerus="yes">
        <source>%n trace(s) wait for delivery again.</source>
        <translation>
            <numerusform>%n Trace wartet wieder auf Lieferung.</numerusform>
            <numerusform>%n Traces warten wieder auf Lieferung.</numerusform>
        </translation>
    </message>
    <message>
        <source>Langfuse has not said yet which project this is</source>
        <translation>Langfuse hat noch nicht gesagt, welches Projekt das ist</translation>
    </message>
</context>
<context>
    <name>UsageCharts</name>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>longer than %1</source>
        <translation>länger als %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>UsageData</name>
    <message>
        <source>(no model)</source>
        <translation>(kein Modell)</translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Time to the first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>Duration of calls</source>
        <translation>Dauer der Aufrufe</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>Was gezählt wird</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Copy as &amp;picture</source>
        <translation>Als &amp;Bild kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;CSV</source>
        <translation>Als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>First token, median</source>
        <translation>Erstes Token, Median</translation>
    </message>
    <message>
        <source>Duration, median</source>
        <translation>Dauer, Median</translation>
    </message>
    <message>
        <source>Duration, 95 %</source>
        <translation>Dauer, 95 %</translation>
    </message>
    <message>
        <source>The proxy is too old to tell what was used when.</source>
        <translation>Der Proxy ist zu alt, um zu sagen, was wann verbraucht wurde.</translation>
    </message>
    <message>
        <source>Tokens by model</source>
        <translation>Token nach Modell</translation>
    </message>
    <message>
        <source>Cost by model, US dollars</source>
        <translation>Kosten nach Modell, US-Dollar</translation>
    </message>
    <message>
        <source>Calls by model</source>
        <translation>Aufrufe nach Modell</translation>
    </message>
    <message numerus="yes">
        <source>calls, %n failed</source>
        <translation>
            <numerusform>Aufrufe, %n gescheitert</numerusform>
            <numerusform>Aufrufe, %n gescheitert</numerusform>
        </translation>
    </message>
    <message>
        <source>calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>tokens in, %1 cached</source>
        <translation>Token hinein, %1 aus dem Cache</translation>
    </message>
    <message>
        <source>tokens in</source>
        <translation>Token hinein</translation>
    </message>
    <message>
        <source>tokens out, %1 reasoning</source>
        <translation>Token heraus, %1 Überlegung</translation>
    </message>
    <message>
        <source>tokens out</source>
        <translation>Token heraus</translation>
    </message>
    <message>
        <source>cost, some prices unknown</source>
        <translation>Kosten, manche Preise unbekannt</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>first token, 95 %: %1</source>
        <translation>erstes Token, 95 %: %1</translation>
    </message>
    <message>
        <source>duration, 95 %: %1</source>
        <translation>Dauer, 95 %: %1</translation>
    </message>
</context>
<context>
    <name>ViewerCommandLine</name>
    <message>
        <source>Shows the calls of a langfuse-proxy: of its own, of another, or of a file.</source>
        <translation>Zeigt die Aufrufe eines langfuse-proxy: des eigenen, eines anderen oder einer Datei.</translation>
    </message>
    <message>
        <source>Show this.</source>
        <translation>Zeigt dies.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Zeigt die Version.</translation>
    </message>
    <message>
        <source>Show the calls of the proxy at URL.</source>
        <translation>Zeigt die Aufrufe des Proxys unter URL.</translation>
    </message>
    <message>
        <source>ADMIN_TOKEN of that proxy is in FILE.</source>
        <translation>ADMIN_TOKEN dieses Proxys steht in FILE.</translation>
    </message>
    <message>
        <source>Run a proxy at ADDRESS:PORT.</source>
        <translation>Betreibt einen Proxy unter ADDRESS:PORT.</translation>
    </message>
    <message>
        <source>Read settings from FILE.</source>
        <translation>Liest Einstellungen aus FILE.</translation>
    </message>
    <message>
        <source>Show only calls that match.</source>
        <translation>Zeigt nur Aufrufe, die passen.</translation>
    </message>
    <message>
        <source>Dim calls that do not match.</source>
        <translation>Blendet Aufrufe ab, die nicht passen.</translation>
    </message>
    <message>
        <source>Select the call ID.</source>
        <translation>Wählt den Aufruf ID.</translation>
    </message>
    <message>
        <source>system, light or dark.</source>
        <translation>system, light oder dark.</translation>
    </message>
    <message>
        <source>Start as an icon.</source>
        <translation>Startet als Symbol.</translation>
    </message>
    <message>
        <source>Only one file can be shown at a time</source>
        <translation>Es kann nur eine Datei zugleich gezeigt werden</translation>
    </message>
    <message>
        <source>Either a file or --attach can be shown</source>
        <translation>Gezeigt wird entweder eine Datei oder --attach</translation>
    </message>
    <message>
        <source>--token-file is of use with --attach only</source>
        <translation>--token-file hilft nur mit --attach</translation>
    </message>
    <message>
        <source>--token-file %1: %2</source>
        <translation>--token-file %1: %2</translation>
    </message>
    <message>
        <source>--listen %1: an address and a port are wanted, 127.0.0.1:3000</source>
        <translation>--listen %1: eine Adresse und ein Port werden gebraucht, 127.0.0.1:3000</translation>
    </message>
    <message>
        <source>--theme is one of system, light and dark</source>
        <translation>--theme ist system, light oder dark</translation>
    </message>
    <message>
        <source>--diff wants two files</source>
        <translation>--diff braucht zwei Dateien</translation>
    </message>
    <message>
        <source>--export and --headless go together</source>
        <translation>--export und --headless gehören zusammen</translation>
    </message>
    <message>
        <source>--diff wants a window</source>
        <translation>--diff braucht ein Fenster</translation>
    </message>
    <message>
        <source>--profile %1: a name has letters, digits, - and _</source>
        <translation>--profile %1: ein Name besteht aus Buchstaben, Ziffern, - und _</translation>
    </message>
    <message>
        <source>--export %1: wanted are har, jsonl, records, csv, markdown or html, a colon and a file</source>
        <translation>--export %1: erwartet werden har, jsonl, records, csv, markdown oder html, ein Doppelpunkt und eine Datei</translation>
    </message>
    <message>
        <source>Compare the newest call of the first FILE with the newest of the second, which is shown.</source>
        <translation>Den neuesten Aufruf der ersten DATEI mit dem neuesten der zweiten vergleichen, die gezeigt wird.</translation>
    </message>
    <message>
        <source>Write the calls of FILE, of the proxy at --attach or else of STORE_PATH into a file: har, jsonl, records, csv, markdown or html, and its name. With --headless.</source>
        <translation>Die Aufrufe der DATEI, des Proxys von --attach oder sonst von STORE_PATH in eine Datei schreiben: har, jsonl, records, csv, markdown oder html, und ihr Name. Mit --headless.</translation>
    </message>
    <message>
        <source>No window: end when --export is done.</source>
        <translation>Kein Fenster: enden, wenn --export fertig ist.</translation>
    </message>
    <message>
        <source>Keep settings, sources and the layout apart under NAME.</source>
        <translation>Einstellungen, Quellen und Anordnung unter NAME getrennt halten.</translation>
    </message>
    <message>
        <source>A store or a HAR to show.</source>
        <translation>Ein Speicher oder ein HAR.</translation>
    </message>
</context>
<context>
    <name>ViewerTray</name>
    <message>
        <source>Icon in the t&amp;ray</source>
        <translation>Symbol im &amp;Infobereich</translation>
    </message>
    <message>
        <source>Closing the window leaves the proxy running; the icon brings the window back</source>
        <translation>Das Fenster zu schließen lässt den Proxy weiterlaufen; das Symbol holt das Fenster zurück</translation>
    </message>
    <message>
        <source>This desktop has no tray</source>
        <translation>Dieser Schreibtisch hat keinen Infobereich</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Zeigen</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>zeichnet auf</translation>
    </message>
    <message>
        <source>not recording</source>
        <translation>zeichnet nicht auf</translation>
    </message>
    <message>
        <source>Langfuse Proxy: %1, delivery to Langfuse fails</source>
        <translation>Langfuse Proxy: %1, die Lieferung an Langfuse schlägt fehl</translation>
    </message>
    <message>
        <source>Langfuse Proxy: %1</source>
        <translation>Langfuse Proxy: %1</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Attach to a proxy…</source>
        <translation>Mit einem Proxy &amp;verbinden …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>&amp;Search in bodies</source>
        <translation>In &amp;Inhalten suchen</translation>
    </message>
    <message>
        <source>&amp;Copy the row</source>
        <translation>Zeile &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the &amp;id</source>
        <translation>K&amp;ennung kopieren</translation>
    </message>
    <message>
        <source>&amp;Mark</source>
        <translation>&amp;Markieren</translation>
    </message>
    <message>
        <source>Mark the selected calls; again: the next colour</source>
        <translation>Ausgewählte Aufrufe markieren; noch einmal: die nächste Farbe</translation>
    </message>
    <message>
        <source>&amp;Note…</source>
        <translation>&amp;Notiz …</translation>
    </message>
    <message>
        <source>Clear highlight, filter, then selection</source>
        <translation>Hervorhebung, Filter, dann Auswahl aufheben</translation>
    </message>
    <message>
        <source>&amp;Calls</source>
        <translation>&amp;Aufrufe</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>Auf&amp;zeichnen</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Folgen</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>&amp;All calls</source>
        <translation>&amp;Alle Aufrufe</translation>
    </message>
    <message>
        <source>Calls that are &amp;shown</source>
        <translation>&amp;Gezeigte Aufrufe</translation>
    </message>
    <message>
        <source>Calls that the filter &amp;hides</source>
        <translation>Vom Filter &amp;verborgene Aufrufe</translation>
    </message>
    <message>
        <source>&amp;Finished calls</source>
        <translation>&amp;Fertige Aufrufe</translation>
    </message>
    <message>
        <source>All but the &amp;marked ones</source>
        <translation>Alle außer den &amp;markierten</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Take all calls off the list (Ctrl+L); what is stored stays stored</source>
        <translation>Alle Aufrufe von der Liste nehmen (Strg+L); Gespeichertes bleibt gespeichert</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>&amp;Seitenleiste</translation>
    </message>
    <message>
        <source>&amp;Detail beside the list</source>
        <translation>&amp;Einzelheiten neben der Liste</translation>
    </message>
    <message>
        <source>&amp;Align the timeline&apos;s bars</source>
        <translation>&amp;Balken der Zeitleiste ausrichten</translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Er&amp;scheinung</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Connect a client</source>
        <translation>Client &amp;anschließen</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>Ü&amp;ber</translation>
    </message>
    <message>
        <source>Stop&amp;watch</source>
        <translation>Stopp&amp;uhr</translation>
    </message>
    <message>
        <source>Sum up what happens from now until it is stopped (Ctrl+T)</source>
        <translation>Zusammenzählen, was ab jetzt geschieht, bis sie angehalten wird (Strg+T)</translation>
    </message>
    <message>
        <source>&amp;Show the session</source>
        <translation>&amp;Sitzung zeigen</translation>
    </message>
    <message>
        <source>&amp;Previous in the session</source>
        <translation>&amp;Voriger der Sitzung</translation>
    </message>
    <message>
        <source>&amp;Next in the session</source>
        <translation>&amp;Nächster der Sitzung</translation>
    </message>
    <message>
        <source>&amp;Open a store or a HAR…</source>
        <translation>Speicher oder HAR ö&amp;ffnen …</translation>
    </message>
</context>
<context>
    <name>WindowPages</name>
    <message>
        <source>That call is not in the list, or the filter hides it.</source>
        <translation>Dieser Aufruf ist nicht in der Liste, oder der Filter verbirgt ihn.</translation>
    </message>
    <message>
        <source>Send &amp;again</source>
        <translation>Noch &amp;einmal senden</translation>
    </message>
    <message>
        <source>&amp;Edit and send…</source>
        <translation>Ä&amp;ndern und senden …</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Noch einmal senden</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Copy the call &amp;as</source>
        <translation>Aufruf kopieren &amp;als</translation>
    </message>
    <message>
        <source>&amp;cURL</source>
        <translation>&amp;cURL</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>&amp;TypeScript</source>
        <translation>&amp;TypeScript</translation>
    </message>
    <message>
        <source>&amp;Markdown</source>
        <translation>&amp;Markdown</translation>
    </message>
    <message>
        <source>&amp;Usage…</source>
        <translation>&amp;Verbrauch …</translation>
    </message>
    <message>
        <source>De&amp;livery to Langfuse…</source>
        <translation>&amp;Lieferung an Langfuse …</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Compare two calls, or one with the call before it in its session</source>
        <translation>Zwei Aufrufe vergleichen, oder einen mit dem davor in seiner Sitzung</translation>
    </message>
    <message>
        <source>A call has failed</source>
        <translation>Ein Aufruf ist gescheitert</translation>
    </message>
    <message>
        <source>&amp;Notify when delivery or a call fails</source>
        <translation>&amp;Melden, wenn die Lieferung oder ein Aufruf scheitert</translation>
    </message>
</context>
<context>
    <name>prettyJson</name>
    <message>
        <source>…(%1 in all)</source>
        <translation>…(%1 insgesamt)</translation>
    </message>
</context>
</TS>
