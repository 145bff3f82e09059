#include "pack/sections/run_chart.h"

#include "base/text.h"
#include "domain/kpi_series.h"
#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/wording.h"

#include <math.h>
#include <string.h>

#define MOST_EPISODES 3
#define MOST_ALTERNATIVE 250
#define MOST_NAME 60

/* "months", "quarters": what a chart has one point for. */
static const char *points_word (BpPeriodKind kind)
{
    switch (kind)
    {
    case BP_PERIOD_MONTH:
        return "months";
    case BP_PERIOD_QUARTER:
        return "quarters";
    case BP_PERIOD_TERM:
        return "terms";
    case BP_PERIOD_ACADEMIC_YEAR:
    case BP_PERIOD_FINANCIAL_YEAR:
    case BP_PERIOD_CALENDAR_YEAR:
    case BP_PERIOD_CENSUS:
        return "years";
    case BP_PERIOD_DAY:
    case BP_PERIOD_NONE:
        return "values";
    }
    g_assert_not_reached ();
}

static const BpKpiSlot *slot_at (const BpRunChart *run, int slot)
{
    return &g_array_index (run->limits->slots, BpKpiSlot, slot);
}

static const char *unit_words (const BpRunChart *run)
{
    return points_word (slot_at (run, run->first)->period.kind);
}

static bool is_break (const BpRunChart *run, int slot)
{
    const BpKpiValue *value = slot_at (run, slot)->value;
    return slot > 0 && value != NULL && value->flag == BP_FLAG_BREAK;
}

/* ---- events ---- */

static void add_event (const BpRunChart *run, GArray *events, int slot, bool is_break, const char *text)
{
    BpChartEvent event = { .category = slot - run->first, .text = text, .is_break = is_break };
    if (event.category > 0 && event.category < run->shown)
        g_array_append_val (events, event);
}

void bp_run_chart_add_events (const BpRunChart *run)
{
    g_autoptr (GArray) events = g_array_new (FALSE, TRUE, sizeof (BpChartEvent));
    const BpSpc *spc = run->limits->spc;

    for (int slot = run->first; slot < run->first + run->shown; slot++)
        if (is_break (run, slot))
            add_event (run, events, slot, true, "Series break");
    for (int i = 0; run->chart->has_limits && i < spc->stretch_count; i++)
    {
        const BpSpcStretch *stretch = &spc->stretches[i];
        if (i > 0 && stretch->start == BP_SPC_REBASE)
            add_event (run, events, stretch->first, false,
                       bp_pack_format (run->pack, "New limits from %s", bp_run_chart_period (run, stretch->first)));
        if (stretch->has_limits && stretch->base_last < stretch->last)
            add_event (
                run, events, stretch->base_last + 1, false,
                bp_pack_format (run->pack, "Limits set on these %d %s", stretch->base_last - stretch->base_first + 1, unit_words (run)));
    }
    gsize size = sizeof (BpChartEvent) * events->len;
    run->chart->events = bp_pack_alloc (run->pack, MAX (size, 1));
    run->chart->event_count = (int)events->len;
    if (size > 0)
        memcpy (run->chart->events, events->data, size);
}

/* ---- remarks ---- */

/* Neighbouring points that are a special cause to the same side: one remark for all. */
typedef struct
{
    int first, last; /* slots */
    const char *words;
    const char *period; /* of a single point: "October 2024"; NULL */
} Episode;

static BpSpcPoint reason_of (const BpSpc *spc, int first, int last, int *outside_out)
{
    static const BpSpcCause order[] = { BP_SPC_CAUSE_RUN, BP_SPC_CAUSE_TREND, BP_SPC_CAUSE_OUTSIDE, BP_SPC_CAUSE_NEAR };
    *outside_out = 0;
    for (int i = first; i <= last; i++)
        *outside_out += spc->points[i].cause == BP_SPC_CAUSE_OUTSIDE;
    for (gsize o = 0; o < G_N_ELEMENTS (order); o++)
        for (int i = last; i >= first; i--)
            if (spc->points[i].cause == order[o])
                return spc->points[i];
    return spc->points[first];
}

/* What went on for longest is told: a run, then a trend, then single points. */
static Episode episode_of (const BpRunChart *run, int first, int last)
{
    int outside;
    BpSpcPoint point = reason_of (run->limits->spc, first, last, &outside);
    Episode episode = { .first = first, .last = last, .words = bp_kpi_cause_words (run->pack, &point) };

    if (point.cause != BP_SPC_CAUSE_OUTSIDE)
        return episode;
    if (outside > 1)
        episode.words
            = bp_pack_format (run->pack, "%s %s the limit", bp_words_number (run->pack, outside, true), point.is_high ? "above" : "below");
    else
        for (int i = first; i <= last; i++)
            if (run->limits->spc->points[i].cause == BP_SPC_CAUSE_OUTSIDE)
            {
                episode.first = episode.last = i;
                episode.period = bp_run_chart_period (run, i);
            }
    return episode;
}

static bool is_boundary (const BpSpc *spc, int slot)
{
    for (int i = 0; i < spc->stretch_count; i++)
        if (spc->stretches[i].first == slot)
            return true;
    return false;
}

/* The newest ones, oldest first. */
static GArray *new_episodes (const BpRunChart *run)
{
    GArray *episodes = g_array_new (FALSE, TRUE, sizeof (Episode));
    const BpSpc *spc = run->limits->spc;

    for (int i = run->first; run->chart->has_limits && i < run->first + run->shown;)
    {
        const BpSpcPoint *point = &spc->points[i];
        if (point->cause == BP_SPC_CAUSE_NONE)
        {
            i++;
            continue;
        }
        int last = i;
        while (last + 1 < spc->point_count && spc->points[last + 1].cause != BP_SPC_CAUSE_NONE
               && spc->points[last + 1].is_high == point->is_high && !is_boundary (spc, last + 1))
            last++;
        Episode episode = episode_of (run, i, last);
        g_array_append_val (episodes, episode);
        i = last + 1;
    }
    if (episodes->len > MOST_EPISODES)
        g_array_remove_range (episodes, 0, episodes->len - MOST_EPISODES);
    return episodes;
}

/* At the point of the baseline, where the chart begins with it. With limits the mean takes its place. */
static void add_baseline (const BpRunChart *run, GArray *remarks)
{
    const BpKpi *kpi = run->kpi;

    if (!kpi->has_baseline || run->chart->has_limits || bp_release_hides_baseline (run->build->release, kpi))
        return;
    for (int c = 0; c < run->shown; c++)
        if (bp_period_is_same (&slot_at (run, run->first + c)->period, &kpi->baseline_period) && bp_run_chart_shown_value (run, c) != NULL)
        {
            BpChartRemark remark = { .category = c, .is_quiet = true };
            remark.text = bp_pack_format (run->pack, "Baseline %s, %s", bp_run_chart_number (run, kpi->baseline, kpi->baseline_decimals),
                                          bp_run_chart_period (run, run->first + c));
            g_array_append_val (remarks, remark);
        }
}

void bp_run_chart_add_remarks (const BpRunChart *run)
{
    g_autoptr (GArray) remarks = g_array_new (FALSE, TRUE, sizeof (BpChartRemark));
    g_autoptr (GArray) episodes = new_episodes (run);

    add_baseline (run, remarks);
    for (guint i = 0; i < episodes->len; i++)
    {
        const Episode *episode = &g_array_index (episodes, Episode, i);
        BpChartRemark remark = { .category = (episode->first + episode->last) / 2 - run->first };
        remark.text = episode->period != NULL ? bp_pack_format (run->pack, "%s: %s", episode->words, episode->period) : episode->words;
        g_array_append_val (remarks, remark);
    }
    gsize size = sizeof (BpChartRemark) * remarks->len;
    run->chart->remarks = bp_pack_alloc (run->pack, MAX (size, 1));
    run->chart->remark_count = (int)remarks->len;
    if (size > 0)
        memcpy (run->chart->remarks, remarks->data, size);
}

/* ---- the alternative ---- */

static const char *value_words (const BpRunChart *run, const BpKpiValue *value)
{
    BpValue shown = bp_kpi_value (run->build, run->kpi, value);
    return bp_pack_take (run->pack, bp_value_dup_text (&shown));
}

/* "fell from 50 weeks to 38 weeks between August 2023 and July 2025". */
static const char *travel_words (const BpRunChart *run)
{
    int first = -1, last = -1;

    for (int c = 0; c < run->shown; c++)
        if (bp_run_chart_shown_value (run, c) != NULL)
        {
            first = first < 0 ? c : first;
            last = c;
        }
    if (first < 0)
        return "has no value";
    const BpKpiValue *from = bp_run_chart_shown_value (run, first), *to = bp_run_chart_shown_value (run, last);
    const char *end = bp_run_chart_period (run, run->first + last);
    if (first == last)
        return bp_pack_format (run->pack, "was %s in %s, its one value", value_words (run, to), end);
    const char *start = bp_run_chart_period (run, run->first + first);
    if (strcmp (value_words (run, from), value_words (run, to)) == 0)
        return bp_pack_format (run->pack, "was %s in %s and in %s", value_words (run, to), start, end);
    return bp_pack_format (run->pack, "%s from %s to %s between %s and %s", to->value > from->value ? "rose" : "fell",
                           value_words (run, from), value_words (run, to), start, end);
}

/* What does not fit any more is left out: it stands in the table and the caption. */
static void append_part (GString *text, const char *part)
{
    if (part != NULL && g_utf8_strlen (text->str, -1) + g_utf8_strlen (part, -1) + 3 <= MOST_ALTERNATIVE)
        g_string_append_printf (text, "; %s", part);
}

static const char *causes_words (const BpRunChart *run)
{
    g_autoptr (GArray) episodes = new_episodes (run);
    g_autoptr (GPtrArray) words = g_ptr_array_new ();

    if (!run->chart->has_limits)
        return NULL;
    if (episodes->len == 0)
        return "usual variation throughout";
    for (guint i = 0; i < episodes->len; i++)
    {
        const Episode *episode = &g_array_index (episodes, Episode, i);
        const char *lower = bp_words_lower_first (run->pack, episode->words);
        g_ptr_array_add (words,
                         (gpointer)(episode->period != NULL ? bp_pack_format (run->pack, "%s in %s", lower, episode->period) : lower));
    }
    return bp_pack_format (run->pack, "special cause: %s", bp_words_joined (run->pack, words, 0));
}

/* "no value for Q3 2024/25", "2 values are hidden". */
static const char *gaps_words (const BpRunChart *run, bool is_hidden)
{
    int count = 0, slot = 0;

    for (int c = 0; c < run->shown; c++)
    {
        const char *note = run->chart->series[0].value_notes[c];
        if (note == NULL || (strcmp (note, "[c]") == 0) != is_hidden)
            continue;
        count++;
        slot = run->first + c;
    }
    if (count == 0)
        return NULL;
    if (count == 1)
        return bp_pack_format (run->pack, is_hidden ? "the value for %s is hidden" : "no value for %s", bp_run_chart_period (run, slot));
    return bp_pack_format (run->pack, is_hidden ? "%d values are hidden" : "no value for %d periods", count);
}

static void append_breaks (const BpRunChart *run, GString *text)
{
    for (int slot = MAX (run->first, 1); slot < run->first + run->shown; slot++)
        if (is_break (run, slot))
            append_part (text, bp_pack_format (run->pack, "series break in %s", bp_run_chart_period (run, slot)));
}

const char *bp_run_chart_alternative (const BpRunChart *run)
{
    const BpKpi *kpi = run->kpi;
    g_autoptr (GString) text = g_string_new (NULL);
    int benchmarks = 0;

    g_string_append_printf (text, "%s %s", bp_pack_take (run->pack, bp_text_dup_shortened (kpi->short_title, MOST_NAME)),
                            travel_words (run));
    if (kpi->has_target)
    {
        BpValue target = bp_kpi_number (kpi, kpi->target, kpi->target_decimals);
        append_part (text, bp_pack_format (run->pack, "target %s", bp_pack_take (run->pack, bp_value_dup_text (&target))));
    }
    append_part (text, causes_words (run));
    append_part (text, gaps_words (run, false));
    append_part (text, gaps_words (run, true));
    append_breaks (run, text);
    for (guint i = 0; i < kpi->benchmarks->len && benchmarks < 2; i++)
    {
        const BpBenchmark *benchmark = &g_array_index (kpi->benchmarks, BpBenchmark, i);
        if (benchmark->value == NULL || !benchmark->value->has_value || bp_release_hides_value (run->build->release, benchmark->value))
            continue;
        append_part (text, bp_pack_format (run->pack, "%s %s", benchmark->geography, value_words (run, benchmark->value)));
        benchmarks++;
    }
    return bp_pack_format (run->pack, "%s.", text->str);
}

/* ---- the note in the caption ---- */

static void append_unseen_limits (const BpRunChart *run, const BpSpcStretch *stretch, GString *text)
{
    bool has_lower = bp_run_chart_is_possible (run, stretch->lower), has_upper = bp_run_chart_is_possible (run, stretch->upper);

    if (!has_lower && !has_upper)
        g_string_append (text, " Both limits lie where no value can, and have no line.");
    else if (!has_lower)
        g_string_append (text, " The lower limit lies under 0 and has no line.");
    else if (!has_upper)
        g_string_append (text, " The upper limit lies over 100 per cent and has no line.");
}

static void append_limits (const BpRunChart *run, GString *text)
{
    const BpSpcStretch *stretch = bp_kpi_limits_latest (run->limits);
    bool screens = run->build->snapshot->programme->rules.spc.screens_moving_ranges;

    g_string_append_printf (text, "Limits: mean ± 2.66 × average moving range%s", screens ? ", outlying ranges left out" : "");
    if (stretch != NULL)
        g_string_append_printf (text, ", set on %s to %s.", bp_run_chart_period (run, stretch->base_first),
                                bp_run_chart_period (run, stretch->base_last));
    else
        g_string_append (text, ".");
    if (stretch != NULL)
        append_unseen_limits (run, stretch, text);
}

/* Said where limits are half-way there: below that they are years off, and the words would stand under every chart. */
static void append_too_few (const BpRunChart *run, GString *text)
{
    const BpSpcStretch *last = run->limits->spc != NULL ? bp_spc_last_stretch (run->limits->spc) : NULL;
    int least = run->build->snapshot->programme->rules.spc.least_points;

    if (last != NULL && !last->has_limits && 2 * last->longest >= least)
        g_string_append_printf (text, "%sToo few values yet to tell the usual ups and downs: %d of the %d needed%s.",
                                text->len > 0 ? " " : "", last->longest, least, last->has_gap ? " without a gap" : "");
}

/* Why the series breaks, in the words of the data; a note may quote the very figure that is hidden. */
static void append_break_notes (const BpRunChart *run, GString *text)
{
    for (int slot = MAX (run->first, 1); slot < run->first + run->shown; slot++)
    {
        const BpKpiValue *value = slot_at (run, slot)->value;
        if (!is_break (run, slot) || bp_words_is_blank (value->note) || bp_release_hides_value (run->build->release, value))
            continue;
        g_string_append_printf (text, "%sSeries break, %s: %s", text->len > 0 ? " " : "", bp_run_chart_period (run, slot),
                                bp_words_sentence (run->pack, value->note));
    }
}

const char *bp_run_chart_note (const BpRunChart *run)
{
    g_autoptr (GString) text = g_string_new (NULL);

    if (run->chart->has_limits)
        append_limits (run, text);
    append_too_few (run, text);
    append_break_notes (run, text);
    return text->len > 0 ? bp_pack_text (run->pack, text->str) : NULL;
}
