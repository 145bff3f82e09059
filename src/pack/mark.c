#include "pack/mark.h"

#include "domain/status.h"

static const struct
{
    const char *name;
    BpShape shape;
} shapes[] = {
    { "diamond", BP_SHAPE_DIAMOND },
    { "circle", BP_SHAPE_CIRCLE },
    { "triangle", BP_SHAPE_TRIANGLE },
    { "square", BP_SHAPE_SQUARE },
    { "dashed-square", BP_SHAPE_DASHED_SQUARE },
    { "open-circle", BP_SHAPE_OPEN_CIRCLE },
    { "pentagon", BP_SHAPE_PENTAGON },
    { "down-triangle", BP_SHAPE_DOWN_TRIANGLE },
};

static const struct
{
    const char *name;
    BpTone tone;
} tones[] = {
    { "red", BP_TONE_RED },           { "amber", BP_TONE_AMBER },     { "green", BP_TONE_GREEN },
    { "complete", BP_TONE_COMPLETE }, { "no-data", BP_TONE_NO_DATA }, { "none", BP_TONE_NONE },
};

BpMark bp_mark_of_status (const BpStatus *status)
{
    BpMark mark = { .word = NULL, .letter = NULL, .shape = BP_SHAPE_OPEN_CIRCLE, .tone = BP_TONE_NONE };

    if (status == NULL)
        return mark;
    mark.word = status->label;
    mark.letter = status->letter;
    for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
        if (g_strcmp0 (status->shape, shapes[i].name) == 0)
            mark.shape = shapes[i].shape;
    for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
        if (g_strcmp0 (status->colour, tones[i].name) == 0)
            mark.tone = tones[i].tone;
    return mark;
}
