"""Links in an export carry tokens: they are kept without, and followed by nobody."""

from __future__ import annotations

import json

import pytest

from tests.rows import blob, box, image_row, label, row, unit, written
from viewer.__main__ import main
from viewer.export.export import open_export
from viewer.export.facts import hidden_queries, without_query

SECRETS = (
    "https://storage.example.org/bucket/a.png?X-Signature=TOKEN&Expires=9",
    "https://ann:TOKEN@storage.example.org/b.png",
    "https://storage.example.org/c.png#access_token=TOKEN",
    "bucket/user/d.png?sig=TOKEN",
)


@pytest.mark.parametrize("link", [*SECRETS, "https://[broken/x?TOKEN", "//h/x?TOKEN", "https://h:99999999/x?TOKEN"])
def test_nothing_of_a_token_is_kept(link):
    assert "TOKEN" not in without_query(link) and without_query(link)


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://storage.example.org/bucket/a.png?X=1", "https://storage.example.org/bucket/a.png"),
        ("bucket/user/0b5e", "bucket/user/0b5e"),
        (None, ""),
        (5, ""),
    ],
)
def test_what_is_kept(link, kept):
    assert without_query(link) == kept


def test_raw_data_lose_the_queries_of_links_wherever_they_stand():
    made = {"a": [SECRETS[0]], SECRETS[0]: {"text": f"see {SECRETS[2]} and {SECRETS[0]}, or ask?"}, "n": 5}
    hidden = json.dumps(hidden_queries(made))
    assert "TOKEN" not in hidden and "storage.example.org/bucket/a.png?" in hidden and "or ask?" in hidden


@pytest.mark.parametrize("command", [["inspect"], ["check"], ["check", "--json"]])
def test_no_query_of_a_link_is_ever_printed(tmp_path, capsys, command):
    odd = label("hologram", {"hologram": {"uri": SECRETS[0]}}, "odd")
    units = [
        unit(
            blob(box(f"o{n}"), odd),
            f"d{n}",
            data_link=link,
            data_links=[link],
            uri=link,
            data_sequence=n,
            data_title="",
        )
        for n, link in enumerate(SECRETS)
    ]
    space = {"space_type": "image", "labels": {}, "child_info": {"data_link": SECRETS[0]}}
    rows = [
        row(*units, data_type="img_group", video_link=SECRETS[0], client_metadata={"from": SECRETS[0]}),
        image_row(data_title=SECRETS[0], label_hash="l2", data_hash="d2"),
        row(unit(blob()), data_type="group", spaces={"S": space}, label_hash="l3", data_hash="d3"),
    ]
    rows[1]["data_title"] = "plain"
    rows[1]["data_units"]["data0001"]["data_title"] = SECRETS[0]
    path = written(tmp_path, rows)
    main([*command, str(path)])
    out, err = capsys.readouterr()
    shown = out.replace(json.dumps(SECRETS[0]), "")  # the title of a data unit is its name, and stands as exported
    assert "TOKEN" not in shown and "TOKEN" not in err


def test_facts_for_the_raw_view_have_none(tmp_path):
    path = written(tmp_path, [row(unit(blob(), data_link=SECRETS[0], other=SECRETS[2]), video_link=SECRETS[0])])
    found = open_export([path]).row(0)
    assert "TOKEN" not in repr((found.facts, found.units))
