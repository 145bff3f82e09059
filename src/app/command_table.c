#include "app/command_table.h"

#include <string.h>

const BpCommand bp_command_table[] = {
    { "init", "[DIR]", 1, BP_OPTION_EVERY, "make a new programme folder to start from",
      "Makes DIR (default: the folder of -C, or this one) with a commented configuration, one forum with a template,\n"
      "and a small sample programme in data/. Files that are there already are never overwritten: init refuses.\n\n"
      "Next: cd DIR, then 'boardpack check' and 'boardpack run'.",
      bp_cmd_init },
    { "import", "[FILE…]", -1, BP_OPTION_EVERY, "read data/ into the store; FILE: a returned update sheet",
      "Reads every table of the data folder and makes the store equal to it, keeping what was known before.\n"
      "Rows that cannot be trusted are left out and named. Importing the same files again changes nothing.\n\n"
      "Each FILE is an update sheet that a lead sent back ('boardpack build --format update' makes them). What was typed\n"
      "goes to data/updates-return-….csv (values and narrative beside it), then all is imported. A blank cell or a deleted\n"
      "row changes nothing; what cannot be, or has changed in the data meanwhile, is left out and named with sheet and cell.\n"
      "Exit 3 if something of a FILE was left out.",
      bp_cmd_import },
    { "check", "", 0, BP_OPTION_EVERY | BP_OPTION_AS_OF, "look for errors in configuration, templates and data",
      "Reads the configuration, every template and the data folder, and prints each finding with file and line.\n"
      "Nothing is written. Exit 4 if there is a finding of level error.",
      bp_cmd_check },
    { "build", "", 0, BP_OPTION_EVERY | BP_OPTION_BUILD, "make the packs from what was last imported",
      "Makes one pack for each forum that has a template, in output/<as-of>/<run>/<forum>/, and then points output/latest\n"
      "to the finished run. A run that fails or is stopped leaves the packs that were there.\n"
      "Exit 3 if the packs were built but rows had been left out.\n\n"
      "Packs print their version. One that replaces an approved pack of the same day is the next version and must say what\n"
      "changed: --correction \"what changed\". All packs built at once say the same: with --forum, each has its own sentence.\n\n"
      "--format update makes instead, or besides, a workbook for each lead to report in, output/<as-of>/<run>/updates/.\n"
      "Without packs beside them, output/latest stays where it is.",
      bp_cmd_build },
    { "run", "", 0, BP_OPTION_EVERY | BP_OPTION_BUILD, "import, check and build: the scheduled job",
      "The same as 'import', then 'build'. It goes on past findings (with --strict it stops before building, exit 4)\n"
      "and sends nothing.",
      bp_cmd_run },
    { "approve", "RUN", 1, BP_OPTION_EVERY | BP_OPTION_APPROVE, "approve the packs of a run, so that they may be sent",
      "Looks whether the packs of the run (of --forum alone, if it is given) stand as they were built, shows what they are, and\n"
      "keeps in the store who approved them, in which role, and the SHA-256 of each file. --by and --role are needed.\n"
      "Drafts cannot be approved; an OFFICIAL-SENSITIVE pack cannot be by whoever prepared it, neither under another name nor\n"
      "from the account that built it. With --strict, packs of a run with findings of level error cannot be either (exit 4).\n\n"
      "  boardpack approve 2025-07-31-1 --forum bbp --by \"Ann Other\" --role \"Programme Manager\"\n\n"
      "--withdraw takes an approval back, with --by and --note, as long as nothing was sent. What was sent is corrected:\n"
      "'boardpack build --correction \"what changed\"' makes the next version.",
      bp_cmd_approve },
    { "send", "RUN | --approved", 1, BP_OPTION_EVERY | BP_OPTION_SEND, "send approved packs; a rehearsal unless --confirm is given",
      "Says who would get what and writes each message to output/rehearsals/RUN/<forum>/: nothing is sent and no connection opened.\n"
      "With --confirm RUN (the run, typed again) the messages go, one to each recipient that is in force today, and each result\n"
      "is kept: called again, it sends what did not go and never what was accepted or is doubtful.\n\n"
      "  boardpack send 2025-07-31-1                              rehearse\n"
      "  boardpack send 2025-07-31-1 --to-me ann@example.org      rehearse a test to one address; drafts too\n"
      "  boardpack send 2025-07-31-1 --confirm 2025-07-31-1       send\n"
      "  boardpack send 2025-08-12-1 --correction --confirm 2025-08-12-1\n"
      "  boardpack send --approved --confirm approved             the scheduled job\n"
      "  boardpack send --resolve 2025-07-31-1 --to ann@example.org --arrived --by \"Sam Example\" --note \"She has it.\"\n\n"
      "Only packs go that are approved and whose files are byte for byte those approved. A test of a pack that is marked anything\n"
      "but OFFICIAL goes to the sender and the testers of config/mail.ini alone. Exit 5 if some messages were not\n"
      "accepted, 1 if none was (docs/sending.md).",
      bp_cmd_send },
    { "collect", "[RUN]", 1, BP_OPTION_EVERY | BP_OPTION_COLLECT, "send leads their update sheets; a rehearsal unless --confirm is given",
      "Says of each lead whether the update sheet has been sent, reminded and returned, and what would happen now, and writes each\n"
      "message to output/rehearsals/RUN/updates/: nothing is sent and no connection opened. RUN is a run that made update sheets\n"
      "('build --format update'); without it, those of the newest day. It ends with who has not returned.\n\n"
      "  boardpack collect                                        rehearse\n"
      "  boardpack collect --to-me ann@example.org --lead NAME --confirm latest\n"
      "  boardpack collect 2025-07-31-1 --confirm 2025-07-31-1    send each lead their sheet, once\n"
      "  boardpack collect --remind --confirm latest              and remind: the scheduled job\n"
      "  boardpack collect --resolve 2025-07-31-1 --to ann@example.org --arrived --by \"Sam Example\" --note \"She has it.\"\n\n"
      "A sheet goes to the lead's address in leads.csv, as imported last, and within the allow-list alone. Whoever has returned it\n"
      "hears no more. Exit 5 if some messages were not accepted, 1 if none was (docs/update-sheet.md).",
      bp_cmd_collect },
    { "notify", "summary | failure [WHAT]", 2, BP_OPTION_EVERY | BP_OPTION_MASK, "mail the operator what came of a scheduled run",
      "Mails the summary of the newest run with packs, or, after a failure, what is read from standard input (the end of a log),\n"
      "to the one address in config/mail.ini [operator], by the mail server of [server]. It reads the configuration and that\n"
      "summary alone, so it works when the data do not. WHAT failed stands in the subject (default: run).\n\n"
      "  boardpack notify summary\n"
      "  journalctl -u boardpack-run.service -n 40 -o cat | boardpack notify failure boardpack-run.service\n\n"
      "There is no rehearsal: nobody but the operator is written to, and no pack is attached.",
      bp_cmd_notify },
    { "list", "sections|forums|checks|formats|tables|returns|approvals|sends [RUN]", 2,
      BP_OPTION_EVERY | BP_OPTION_AS_OF | BP_OPTION_FILE | BP_OPTION_FORUM | BP_OPTION_TO | BP_OPTION_MASK,
      "list what there is to choose from",
      "  sections  section types of report templates, with their options\n"
      "  forums    the forums of this programme, with template and marking\n"
      "  checks    findings: code, level and what each looks for\n"
      "  formats   formats of packs\n"
      "  tables    tables of data/ and their columns (* required, _ key)\n"
      "  returns   who has sent back the newest update sheets, what was left out of them, and who has not\n"
      "  approvals who approved which packs (of RUN; --forum), withdrawn approvals too\n"
      "  sends     who was sent which packs and sheets (of RUN; --forum, --to; with --file, that file) and what came of it\n\n"
      "RUN is a run's id, or 'latest'.",
      bp_cmd_list },
    { "history", "[TABLE [KEY…]]", -1, BP_OPTION_EVERY, "show imports, or every version of a row",
      "Without arguments: every import, newest first. With a table: every version of its rows, oldest first; the values of\n"
      "its key narrow that down.\n\n"
      "  boardpack history updates SIP 2.2.3",
      bp_cmd_history },
    { "due", "", 0, BP_OPTION_EVERY | BP_OPTION_AS_OF | BP_OPTION_WITHIN, "what is due before which meeting, and what is late",
      "Reads the meetings of the data folder and lists what is to be done before each: updates from leads, final papers, issue\n"
      "of the pack. What is past comes first. Beside it stands how far it has come since the forum's meeting before (update\n"
      "sheets returned, pack built, approved, sent) and the command to give next. A final pack settles updates and papers; the\n"
      "issue is due until the server has taken every message. Forums without a date are named. Writes nothing.",
      bp_cmd_due },
    { "verify", "RUN", 1, BP_OPTION_EVERY | BP_OPTION_JOBS | BP_OPTION_MANIFEST_SUM, "prove that a run is what was made then",
      "RUN is a run's id (2025-07-31-1), 'latest', or the path of a run's folder. Every file that its manifest names is compared\n"
      "by its SHA-256, the manifest with the sum in the store. Then the run is made again from its kept inputs, in a private\n"
      "folder: with the same program, libraries and fonts every file must come out byte for byte; otherwise every fact of the\n"
      "snapshot and every printed figure must be the same. It says which of the two it did, and why; who approved the packs, and\n"
      "how many messages of them went.\n\n"
      "Something outside the run's folder must vouch for its manifest: the store of the programme (of -C, or of this folder), or\n"
      "--manifest-sum, the SHA-256 that 'approve' prints for the minutes. Without either a run is CONSISTENT, NOT PROVEN.\n\n"
      "  boardpack verify 2025-07-31-1\n"
      "  boardpack verify /media/copy/2025-07-31-1 --manifest-sum 5f2c…\n\n"
      "Exit 0 if all is proven, 1 if anything is not. Changes nothing, and works where nothing can be written.",
      bp_cmd_verify },
    { NULL, NULL, 0, 0, NULL, NULL, NULL },
};

const char *const bp_command_later[] = { "diff", "explain", NULL };

const BpCommand *bp_command_find (const char *name)
{
    for (const BpCommand *command = bp_command_table; command->name != NULL; command++)
        if (strcmp (command->name, name) == 0)
            return command;
    return NULL;
}
