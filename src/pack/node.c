#include "pack/node.h"

const char *bp_node_kind_name (BpNodeKind kind)
{
    switch (kind)
    {
    case BP_NODE_SECTION:
        return "section";
    case BP_NODE_HEADING:
        return "heading";
    case BP_NODE_PARAGRAPH:
        return "paragraph";
    case BP_NODE_LIST:
        return "list";
    case BP_NODE_TABLE:
        return "table";
    case BP_NODE_TILES:
        return "tiles";
    case BP_NODE_CHART:
        return "chart";
    case BP_NODE_NOTE:
        return "note";
    case BP_NODE_PAGE_BREAK:
        return "page break";
    }
    g_assert_not_reached ();
}
