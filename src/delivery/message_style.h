#ifndef BP_DELIVERY_MESSAGE_STYLE_H
#define BP_DELIVERY_MESSAGE_STYLE_H

/* How a message looks where HTML is shown. Mail programs differ: some drop the style sheet, so every element carries its own style; Word,
 * which shows Outlook's messages, knows padding and background of table cells alone, and no greatest width, so that there are tables
 * (role="presentation": they are not heard), one of them for Word only. The style sheet has what a style of an element cannot say: the
 * colours of a dark screen. Nothing is smaller than 16 px; each text and its ground have a contrast of 4.5 to 1 or more. */

#define FONT "font-family:Arial,Helvetica,sans-serif;"
#define HEAD_START                                                                                                                         \
    "<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"                         \
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
#define HEAD_END                                                                                                                           \
    "<style>\n"                                                                                                                            \
    ":root { color-scheme: light dark; }\n"                                                                                                \
    "@media (prefers-color-scheme: dark) {\n"                                                                                              \
    "body, main { background: #1b1d1f !important; color: #f2f2f2 !important; }\n"                                                          \
    ".asks { background: #1f3a52 !important; border-left-color: #9cc7ee !important; color: #f2f2f2 !important; }\n"                        \
    "h1, h2, .marking { color: #9cc7ee !important; }\n"                                                                                    \
    ".rule { border-bottom-color: #9cc7ee !important; }\n"                                                                                 \
    ".handling { color: #c4c9cc !important; }\n"                                                                                           \
    ".closing { color: #c4c9cc !important; border-top-color: #6f777b !important; }\n"                                                      \
    "}\n</style>\n</head>\n"
#define PAGE_START                                                                                                                         \
    "<body style=\"margin:0;padding:24px 20px;background:#ffffff;color:#0b0c0c;" FONT "font-size:16px;line-height:1.5\">\n"                \
    "<!--[if mso]><table role=\"presentation\" width=\"640\"><tr><td><![endif]-->\n"                                                       \
    "<main style=\"display:block;max-width:640px;background:#ffffff;color:#0b0c0c\">\n"
#define PAGE_END "</main>\n<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n"

#define MARKING_BLOCK_STYLE " class=\"rule\" style=\"margin:0 0 20px;padding:0 0 6px;border-bottom:3px solid #12436d\""
#define MARKING_STYLE " class=\"marking\" style=\"margin:0;color:#12436d;font-size:16px;font-weight:bold;letter-spacing:0.05em\""
#define HANDLING_STYLE " class=\"handling\" style=\"margin:0;color:#505a5f;font-size:16px\""
#define TITLE_STYLE " style=\"margin:0 0 12px;color:#12436d;font-size:26px;line-height:1.25;font-weight:bold;text-wrap:balance\""
#define HEADING_STYLE " style=\"margin:16px 0 4px;color:#12436d;font-size:18px;line-height:1.35;font-weight:bold\""
#define PARAGRAPH_STYLE " style=\"margin:0 0 10px\""
#define LIST_STYLE " style=\"margin:0 0 8px;padding:0 0 0 22px\""
#define ITEM_STYLE " style=\"margin:0 0 4px\""
#define NUMBERED_STYLE " style=\"margin:0 0 10px\""

/* In the order of BpMessagePart. */
static const char *const part_starts[]
    = { "",
        "<table role=\"presentation\" width=\"100%\" cellspacing=\"0\" cellpadding=\"0\" border=\"0\" style=\"margin:14px 0 4px\"><tr>\n"
        "<td class=\"asks\" style=\"padding:0 20px 8px;background:#d6e4f0;border-left:5px solid #12436d;color:#0b0c0c;" FONT
        "font-size:16px;line-height:1.5\">\n",
        "<div class=\"closing\" style=\"margin:24px 0 0;border-top:1px solid #767676;color:#505a5f\">\n" };
static const char *const part_ends[] = { "", "</td></tr></table>\n", "</div>\n" };

#endif
