# Sums up lines "<name> <milliseconds> <peak kilobytes> <amount>": the least time and the highest memory of each name, then what the PDF
# costs beside the others.

function ratio (stage, floor) {
    if (stage in least && floor in least && least[floor] > 0)
        printf "%-16s %8.2f times %s\n", stage, least[stage] / least[floor], floor
}

# Pages for a second of CPU.
function speed (name) {
    return name in least && least[name] > 0 ? pages[name] * 1000 / least[name] : 0
}

function compare (peer) {
    if (speed(peer) > 0)
        printf "%-16s %8.0f pages a second of CPU: boardpack's %.0f are %.1f times as many\n", peer, speed(peer), speed("pdf"), speed("pdf") / speed(peer)
}

{
    name = $1; ms = $2; kilobytes = $3
    for (i = 4; i < NF; i++) {
        if ($(i + 1) ~ /^pages/)
            pages[name] = $i
        if ($(i + 1) == "bytes")
            bytes[name] = $i
    }
    $1 = $2 = $3 = ""; sub (/^ +/, "")
    if (!(name in least)) { order[++count] = name; least[name] = ms }
    if (ms < least[name]) least[name] = ms
    if (kilobytes > peak[name]) peak[name] = kilobytes
    what[name] = $0
}

END {
    printf "%-16s %8s %9s  %s\n", "stage", "CPU ms", "peak MB", "amount"
    for (i = 1; i <= count; i++)
        printf "%-16s %8.1f %9.1f  %s\n", order[i], least[order[i]], peak[order[i]] / 1024, what[order[i]]
    ratio("pdf", "replay_pdf")
    ratio("xlsx", "replay_xlsx")
    ratio("xlsx", "replay_streamed")
    ratio("peer_xlsxwriter", "xlsx")
    ratio("import", "bare_import")
    if (pages["pdf"] > 0 && bytes["pdf"] > 0)
        printf "%-16s %8.0f bytes a page\n", "pdf", bytes["pdf"] / pages["pdf"]
    compare("peer_typst")
    compare("peer_reportlab")
}
