#include "pack/pack_digest.h"

#include "domain/snapshot.h"
#include "pack/release.h"
#include "pack/sections/section.h"
#include "pack/sections/summary_words.h"
#include "pack/wording.h"

static void add_asks (BpPackDigest *digest, const BpBuild *build)
{
    const int most = bp_build_most_asks (build);
    g_autoptr (GPtrArray) asks = bp_build_dup_open_asks (build);

    if (most == 0)
        return;
    digest->ask_count = (int)asks->len;
    if (asks->len == 0)
        digest->no_asks = bp_build_no_asks_text (build);
    else
        digest->asks_heading = bp_build_asks_heading (build, (int)asks->len);
    for (guint i = 0; i < asks->len && i < (guint)most; i++)
    {
        const BpAskWords words = bp_build_ask_words (build, g_ptr_array_index (asks, i));
        g_array_append_val (digest->asks, words);
    }
}

static void add_summary (BpPackDigest *digest, const BpBuild *build)
{
    const BpActionCounts *counts = &build->snapshot->counts;
    const char *aside = bp_summary_status_aside (build);

    if (!bp_build_has_section (build, "summary") || counts->total == 0)
        return;
    g_autoptr (GArray) points = bp_snapshot_burn_up (build->snapshot);
    digest->summary[0] = bp_summary_headline (build, points);
    digest->summary[1] = bp_pack_format (digest->pack, "By status: %s", bp_words_status_counts (build, counts));
    digest->summary[2] = aside;
}

BpPackDigest *bp_pack_digest_new (const BpSnapshot *snapshot, const BpForum *forum, const BpReportLayout *layout, const char *inferred_mark)
{
    g_autoptr (BpRelease) release = bp_release_new (snapshot, (int)forum->audience);
    g_autoptr (GPtrArray) statuses = bp_build_dup_statuses (snapshot);
    g_autoptr (GPtrArray) inferred = bp_build_dup_inferred (snapshot);
    BpPackDigest *digest = g_new0 (BpPackDigest, 1);

    digest->pack = bp_pack_new ();
    digest->asks = g_array_new (FALSE, FALSE, sizeof (BpAskWords));
    const BpBuild build = { .pack = digest->pack,
                            .snapshot = snapshot,
                            .forum = forum,
                            .layout = layout,
                            .release = release,
                            .statuses = statuses,
                            .inferred = inferred,
                            .inferred_mark = inferred_mark };
    add_asks (digest, &build);
    add_summary (digest, &build);
    return digest;
}

void bp_pack_digest_free (BpPackDigest *digest)
{
    if (digest == NULL)
        return;
    bp_pack_free (digest->pack);
    g_array_unref (digest->asks);
    g_free (digest);
}
