<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>RelativeTime</name>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>%n day ago</numerusform>
                <numerusform>%n days ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) overdue</source>
            <translation>
                <numerusform>%n day overdue</numerusform>
                <numerusform>%n days overdue</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>in %n day(s)</source>
            <translation>
                <numerusform>in %n day</numerusform>
                <numerusform>in %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n change(s) not sent</source>
            <translation>
                <numerusform>%n change not sent</numerusform>
                <numerusform>%n changes not sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DeadlineList</name>
        <message numerus="yes">
            <source>%n done</source>
            <translation>
                <numerusform>%n done</numerusform>
                <numerusform>%n done</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DuplicatePanel</name>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EntryStatus</name>
        <message numerus="yes">
            <source>%n still missing</source>
            <translation>
                <numerusform>%n still missing</numerusform>
                <numerusform>%n still missing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n to correct</source>
            <translation>
                <numerusform>%n to correct</numerusform>
                <numerusform>%n to correct</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PrintPreview</name>
        <message numerus="yes">
            <source>%n page(s)</source>
            <translation>
                <numerusform>%n page</numerusform>
                <numerusform>%n pages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProgressPanel</name>
        <message numerus="yes">
            <source>about %n second(s)</source>
            <translation>
                <numerusform>about %n second</numerusform>
                <numerusform>about %n seconds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n minute(s)</source>
            <translation>
                <numerusform>about %n minute</numerusform>
                <numerusform>about %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SidebarItem</name>
        <message numerus="yes">
            <source>{page}, %n waiting</source>
            <translation>
                <numerusform>{page}, %n waiting</numerusform>
                <numerusform>{page}, %n waiting</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{page}, %n record(s)</source>
            <translation>
                <numerusform>{page}, %n record</numerusform>
                <numerusform>{page}, %n records</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RegisterPage</name>
        <message numerus="yes">
            <source>%n record(s)</source>
            <translation>
                <numerusform>%n record</numerusform>
                <numerusform>%n records</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n overdue</source>
            <translation>
                <numerusform>%n overdue</numerusform>
                <numerusform>%n overdue</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SendCard</name>
        <message numerus="yes">
            <source>change(s) not sent</source>
            <translation>
                <numerusform>change not sent</numerusform>
                <numerusform>changes not sent</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TodayPage</name>
        <message numerus="yes">
            <source>%n ran out</source>
            <translation>
                <numerusform>%n ran out</numerusform>
                <numerusform>%n ran out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n due soon</source>
            <translation>
                <numerusform>%n due soon</numerusform>
                <numerusform>%n due soon</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Done in the last %n day(s)</source>
            <translation>
                <numerusform>Done in the last %n day</numerusform>
                <numerusform>Done in the last %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n in time</source>
            <translation>
                <numerusform>%n in time</numerusform>
                <numerusform>%n in time</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n late</source>
            <translation>
                <numerusform>%n late</numerusform>
                <numerusform>%n late</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_Item</name>
        <message numerus="yes">
            <source>%n problem(s)</source>
            <translation>
                <numerusform>%n problem</numerusform>
                <numerusform>%n problems</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_CellDelegate</name>
        <message numerus="yes">
            <source>%n day(s) overdue</source>
            <translation>
                <numerusform>%n day overdue</numerusform>
                <numerusform>%n days overdue</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n day left</numerusform>
                <numerusform>%n days left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>KeysNotice</name>
        <message numerus="yes">
            <source>%n key(s) typed wait for it and will act in their order. Esc drops them.</source>
            <translation>
                <numerusform>%n key typed waits for it and will act after it. Esc drops it.</numerusform>
                <numerusform>%n keys typed wait for it and will act in their order. Esc drops them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n key(s) typed meanwhile were not used.</source>
            <translation>
                <numerusform>%n key typed meanwhile was not used.</numerusform>
                <numerusform>%n keys typed meanwhile were not used.</numerusform>
            </translation>
        </message>
    </context>
</TS>
