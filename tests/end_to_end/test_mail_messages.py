"""Messages read by another MIME parser: Python's."""

import email
import email.policy
import email.utils
import html
import html.parser
import os
import pathlib
import random
import re

import pytest

from mail_bench import DATE, MailBench
from mail_programme import run_axe


@pytest.fixture
def bench(tmp_path):
    bench = MailBench(tmp_path)
    bench.configure({"host": "localhost"})
    return bench


def save(bench, messages):
    folder = bench.folder / "saved"
    folder.mkdir(exist_ok=True)
    lines, status = bench.run(messages, save=folder)
    assert status == 0
    return lines


def parse(line):
    return email.message_from_bytes(pathlib.Path(line["file"]).read_bytes(), policy=email.policy.default)


def parts_of(message):
    return [part.get_content_type() for part in message.walk()]


def test_message_parses_and_its_attachments_are_byte_identical(bench):
    workbook = bench.folder / "pack.xlsx"
    workbook.write_bytes(b"PK\x03\x04" + os.urandom(50_001))
    name = "Begrüßung – Ausschuß für “Bildung” 2025.xlsx"
    sheet = ["xlsx", name, str(workbook)]
    plain = bench.message(to_name="Zoë 李, “the” member")
    message = parse(save(bench, [{**plain, "attachments": plain["attachments"] + [sheet]}])[0])
    assert not message.defects and not any(part.defects for part in message.walk())
    assert parts_of(message) == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
                                 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
    pdf, xlsx = message.iter_attachments()
    assert pdf.get_content() == bench.pdf.read_bytes() and pdf.get_filename() == "bbp-2025-07-31.pdf"
    assert xlsx.get_content() == workbook.read_bytes() and xlsx.get_filename() == name
    assert message["Subject"] == "OFFICIAL-SENSITIVE: SEND programme: Partnership Board, 12 September 2025"
    to = message["To"].addresses
    assert len(to) == 1 and to[0].addr_spec == "member@example.org" and to[0].display_name == "Zoë 李, “the” member"
    assert message["From"].addresses[0].addr_spec == "office@example.org"
    assert message["Date"].datetime.timestamp() == DATE
    assert re.fullmatch(r"<[0-9a-f]{40}@example\.org>", message["Message-ID"])
    assert message["Auto-Submitted"] == "auto-generated"
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"):
        assert len(message.get_all(name)) == 1, name
    assert "Cc" not in message and "Bcc" not in message


def test_plain_text_and_html_say_the_same(bench):
    message = parse(save(bench, [bench.message(summary=["41 of 69 – “on track”", "3 < 4 & 5 > 2"], handling="For members & deputies.",
                                               asks=["Dates < today", ["Note", "The plan", "No date given. No owner"]],
                                               asks_note="And 2 more, in the pack.")])[0])
    plain, page = (message.get_body(preference).get_content() for preference in (["plain"], ["html"]))
    text = re.sub(r"<(style|title)>.*?</\1>", "", page, flags=re.S)
    words = html.unescape(re.sub(r"<[^>]+>", " ", text)).split()
    numbers = re.findall(r'<li value="(\d+)"', page)
    assert re.findall(r"(?m)^(\d+)\. ", plain) == numbers == ["1", "2"]
    assert re.sub(r"(?m)^(-|\d+\.) ", "", plain).split() == words
    assert plain.splitlines()[:3] == ["OFFICIAL-SENSITIVE", "For members & deputies.", ""]


def test_same_message_has_the_same_bytes(bench):
    first, second = save(bench, [bench.message(), bench.message()])
    assert pathlib.Path(first["file"]).read_bytes() == pathlib.Path(second["file"]).read_bytes()


PLAIN = ["board", "–", "é", "李", "🙂", "a\u0301", " ", ",", ";", ":", "@", "(", ")", "x" * 40, ".", "<", "&"]
PIECES = PLAIN + ["\r\n", "\n", "\r", "\0", "\t", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "Bcc: x@example.org", "\r\nBcc: x@example.org",
          "\r\n\r\n<b>", "=?utf-8?q?=0D=0ABcc=3A_x=40example.org?=", "<x@example.org>", ",", ";", ":", "\"", "\\", "(", ")", "@", "é", "李", "🙂",
          "a\u0301", "%0d%0a", ".", "..", "--=_pack_", "From ", " ", "x" * 70, "board", "=", "?="]


def random_text(chance):
    pieces = PIECES if chance.random() < 0.4 else PLAIN
    return "".join(chance.choice(pieces) for _ in range(chance.randint(1, 6)))


def is_one_line(text):
    return not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)


def test_no_text_can_make_a_header_a_recipient_or_a_part(bench):
    """Either it is refused, or the message has exactly the headers, recipient and parts of a plain one, and the text where it belongs."""
    chance = random.Random(20250912)
    fields = ("to_name", "forum", "marking", "contact", "version", "subject_trigger")
    messages = []
    for _ in range(400):
        wanted = {name: random_text(chance) for name in fields if chance.random() < 0.3}
        for name in ("summary", "asks"):
            if chance.random() < 0.3:
                wanted[name] = [random_text(chance)]
        message = bench.message(**wanted)
        if chance.random() < 0.3:
            message["attachments"] = [["pdf", random_text(chance).replace("\0", "\r"), str(bench.pdf)]]
        messages.append(message)
    # a NUL ends a C string: what comes after it is not there, and the rest is judged
    messages = [{name: ([text.split("\0")[0] for text in value] if name in ("summary", "asks") else value.split("\0")[0] if name in fields else value)
                 for name, value in message.items()} for message in messages]
    plain = parse(save(bench, [bench.message()])[0])
    lines = save(bench, messages)
    written = [line for line in lines if "file" in line]
    assert len(lines) == 400 and 100 < len(written) < 350
    for line in written:
        wanted, message = messages[line["index"]], parse(line)
        texts = [value for value in wanted.values() if isinstance(value, str)] + wanted["summary"] + wanted["asks"] + [wanted["attachments"][0][1]]
        assert all(is_one_line(text) for text in texts if text.strip()), texts  # a blank one is left out
        assert sorted(message.keys()) == sorted(plain.keys())
        assert parts_of(message) == parts_of(plain) and not message.defects
        raw = email.message_from_bytes(pathlib.Path(line["file"]).read_bytes(), policy=email.policy.compat32)
        assert [address for _, address in email.utils.getaddresses([raw["To"]])] == ["member@example.org"]
        attached = next(message.iter_attachments())
        assert attached.get_content() == bench.pdf.read_bytes()
        assert attached.get_filename().split() == wanted["attachments"][0][1].split()
        headers = [wanted.get("to_name", ""), wanted["attachments"][0][1]]
        assert not any("=?" in text for text in headers)
        name = str(email.header.make_header(email.header.decode_header(raw["To"])))
        assert re.sub(r'[\s"\\]', "", wanted.get("to_name", "")) in re.sub(r'[\s"\\]', "", name)
        page = message.get_body(["plain"]).get_content().replace("\r\n", "\n")
        items = [" ".join(item.split()) for item in re.findall(r"(?m)^- (.*(?:\n  .*)*)$", page)]  # a long one goes on, indented
        items += [" ".join(item.split()) for item in re.findall(r"(?m)^\d+\. (.*(?:\n   .*)*)\n   By 12 September 2025$", page)]
        for text in wanted["summary"] + ["Approve: " + ask for ask in wanted["asks"]]:
            assert not text.strip() or " ".join(text.split()) in items
    for line in lines:
        if "error" in line:
            reasons = ("control character", "is no name for an attachment", "needs a marking", "shorten it", "holds '=?'")
            assert any(reason in line["error"] for reason in reasons), line


class Structure(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.faults = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag == "li" and (not self.open or self.open[-1] not in ("ul", "ol")):
            self.faults.append("li outside a list")
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.faults.append(f"unbalanced {tag}")


def pages_of(bench):
    """Of every kind of message about a pack."""
    kinds = [bench.message(handling="For board members.", asks_note="And 2 more, in the pack."), bench.message(kind="notice", attachments=[]),
             bench.message(kind="correction", changes=["Page 3."], version="2", replaced_on="2025-09-05"),
             bench.message(kind="recall", attachments=[], changes=["Page 3."], version="2", replaced_on="2025-09-05"),
             bench.message(remarks=["This is a test, for you alone.", "Nobody has approved this pack yet."]), bench.message(summary=[], asks=[])]
    return [parse(line).get_body(["html"]).get_content() for line in save(bench, kinds)]


def test_html_is_built_for_screen_readers(bench):
    pages = pages_of(bench)
    assert "Replaced board pack" in pages[3] and "This is a test" in pages[4] and len(set(pages)) == len(pages) == 6
    for page in pages:
        structure = Structure(page)
        tags = [tag for tag, _ in structure.elements]
        assert structure.faults == [] and structure.open == []
        assert ("html", {"lang": "en-GB"}) in structure.elements
        assert tags.count("title") == tags.count("h1") == tags.count("main") == 1
        assert not {"img", "script", "link", "font", "a"} & set(tags)
        assert all(attributes["role"] == "presentation" for tag, attributes in structure.elements if tag == "table")
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:]))
        assert "http" not in page


VOID = {"meta"}


def declarations(text):
    return {name.strip(): value.replace("!important", "").strip() for name, value in (each.split(":", 1) for each in text.split(";") if ":" in each)}


class Looks(html.parser.HTMLParser):
    """The text nodes of a page with the colour, ground and size that they are shown with, on a light screen or a dark one."""

    def __init__(self, page, is_dark):
        super().__init__()
        sheet = re.search(r"@media \(prefers-color-scheme: dark\) \{(.*)\}\s*</style>", page, re.S).group(1) if is_dark else ""
        self.rules = [(names.split(","), declarations(body)) for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)]
        self.stack, self.texts = [{"color": None, "background": None, "font-size": None}], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in VOID:
            return
        attributes = dict(attributes)
        style = {**self.stack[-1], **declarations(attributes.get("style", ""))}
        for names, wanted in self.rules:
            if any(name.strip() in (tag, "." + attributes.get("class", "-")) for name in names):
                style.update(wanted)
        self.stack.append(style)

    def handle_endtag(self, _):
        self.stack.pop()

    def handle_data(self, text):
        style = self.stack[-1]
        if text.strip() and style["font-size"]:
            self.texts.append((text.strip(), style["color"], style["background"], style["font-size"]))


def luminance(colour):
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("is_dark", [False, True])
def test_every_text_can_be_read_on_a_light_and_on_a_dark_screen(bench, is_dark):
    assert 4.5 < contrast("#767676", "#ffffff") < 4.6 and contrast("#000000", "#ffffff") == 21
    for page in pages_of(bench):
        texts = Looks(page, is_dark).texts
        assert len(texts) > 8 and texts[0][0] == "OFFICIAL-SENSITIVE"
        for text, colour, ground, size in texts:
            assert contrast(colour, ground) >= 4.5, (text, colour, ground)
            assert (luminance(ground) < 0.1) == is_dark, (text, ground)
            assert int(size.removesuffix("px")) >= 16, (text, size)
    asks = {ground for text, _, ground, _ in Looks(pages_of(bench)[0], is_dark).texts if "new date" in text}
    assert asks and not asks & {"#ffffff", "#1b1d1f"}, "what is asked stands out"


def test_plain_text_reads_well_by_itself(bench):
    long = "Agree " + "that the new date of action 2.1 is put off until the spring " * 4 + "http://example.org/" + "x" * 90 + " 李" * 60
    text = parse(save(bench, [bench.message(asks=["Note the plan.", long])])[0]).get_body(["plain"]).get_content()
    lines = text.splitlines()
    assert all(len(line) + sum("一" <= letter <= "鿿" for letter in line) <= 78 for line in lines if "xxx" not in line)
    assert [line for line in lines if "xxx" in line] == ["   http://example.org/" + "x" * 90]
    asked = lines.index("Asks of this meeting")
    assert lines[0] == "OFFICIAL-SENSITIVE" and lines[1] == "" and lines[asked - 1] == "" and lines[asked + 1] == "1. Approve: Note the plan."
    assert asked < lines.index("Summary") < lines.index("Attached"), "what is asked comes first"
    assert lines[asked + 3].startswith("2. Approve: Agree that") and lines[asked + 4].startswith("   ") and "\n\n\n" not in text


@pytest.mark.finished_files
def test_html_passes_axe(bench, tmp_path):
    """axe-core, where node and npm are; the structure is tested above in any case."""
    files = []
    bad = '<!DOCTYPE html><html><body><h3>x</h3><img src="a.png"><li>loose</li></body></html>'
    for number, page in enumerate([bad] + pages_of(bench)):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_text(page)

    assert all(f": {rule}:" in run_axe(files[:1]) for rule in ("html-has-lang", "document-title", "image-alt", "listitem"))
    assert re.fullmatch(r"passes \d\d+\n", run_axe(files[1:]))
