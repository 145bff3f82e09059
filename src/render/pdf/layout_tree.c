#include "render/pdf/layout_parts.h"
bool bp_layout_tree (BpFlow *flow, const BpChart *chart)
{
    (void)flow;
    (void)chart;
    return false;
}
