"""`videospec lint` and `videospec check`, as a user runs them."""

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from cli.conftest import ADS, PLAIN

from videospec import replay

if TYPE_CHECKING:
    from cli.conftest import Run

YOUBORA = ("--destination", "Youbora")

SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {"type": "array", "items": {"type": "object", "required": ["id"]}},
                                },
                            }
                        },
                    },
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
    "$defs": {
        "result": {
            "type": "object",
            "required": ["message", "ruleId", "ruleIndex", "level", "locations", "partialFingerprints"],
            "properties": {
                "message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "occurrenceCount": {"type": "integer", "minimum": 1},
                "locations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["physicalLocation"],
                        "properties": {
                            "physicalLocation": {
                                "type": "object",
                                "required": ["artifactLocation"],
                                "properties": {
                                    "artifactLocation": {
                                        "type": "object",
                                        "required": ["uri"],
                                        "properties": {"uri": {"pattern": "^[A-Za-z0-9%/:._~-]+$"}},
                                    },
                                    "region": {
                                        "type": "object",
                                        "required": ["startLine"],
                                        "properties": {"startLine": {"type": "integer", "minimum": 1}},
                                    },
                                },
                            }
                        },
                    },
                },
            },
        }
    },
}
"""What SARIF 2.1.0 (OASIS, sections 3.13 to 3.27) demands of the parts that are written."""


@pytest.fixture
def tracks(tmp_path: Path) -> Path:
    """What is said of the recording with ads."""
    path = tmp_path / "tracks.jsonl"
    lines = [track.json() for track in replay(gzip.decompress(ADS.read_bytes()).splitlines())]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.fixture
def broken(tracks: Path) -> Path:
    """The same without the ends of its ads."""
    path = tracks.with_name("broken.jsonl")
    lines = tracks.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if b'"Video Ad Completed"' not in line))
    return path


# -- lint --------------------------------------------------------------------------------------------------------------


def test_a_log_and_its_tracks_are_told_apart(run: "Run", tracks: Path) -> None:
    for path in (ADS, tracks):
        ran = run("lint", path)
        assert (ran.code, ran.out) == (0, b"")
        assert ran.err == "errors: 0, warnings: 0, notes: 0\n"
    assert run("lint", "-", stdin=tracks.read_bytes()).code == 0
    assert run("lint", "-", stdin=ADS.read_bytes()).code == 0


def test_a_finding_has_its_line_its_rule_and_its_mend(run: "Run", broken: Path) -> None:
    ran = run("lint", broken)
    assert ran.code == 1
    assert ran.lines[0].decode() == f"{broken}:6: error ad.bracket [lab-hlsjs_S7]: an ad is open since line 2"
    assert ran.lines[1].startswith(b"    mend: send Video Ad Started first")


def test_single_messages_are_judged_too(run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    start = '{"type":"track","event":"Video Playback Started","properties":{"session_id":7}'
    path.write_text(f'{start}}}\nnonsense\n{start},"timestamp":"2026-03-05T12:00:00.000Z"}}\n')
    ran = run("lint", path)
    assert ran.code == 1
    found = {(line.split(b":")[1], line.split()[2]) for line in ran.lines[::2]}
    assert {(b"1", b"spec.date:"), (b"2", b"spec.json:"), (b"3", b"spec.type:"), (b"3", b"spec.required:")} <= found


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("video_playback_started", "Video Playback Started"),
        ("Video_Playback_Started", "Video Playback Started"),
        ("Playback Video Started", "Video Playback Started"),
        ("startedVideoPlayback", "Video Playback Started"),
        ("Started Video Content", "Video Content Started"),
        ("Started Video Ad Break", "Video Ad Started"),
        ("Video Ad Skiped", None),
        ("Order Completed", ""),
        ("Playback Started", ""),
    ],
)
def test_a_video_event_in_another_spelling_is_told(run: "Run", tmp_path: Path, name: str, meant: str | None) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(f'{{"event":"{name}","timestamp":"2026-03-05T12:00:00.000Z","properties":{{}}}}\n')
    for args in (("lint", path), ("check", path, *YOUBORA)):
        ran = run(*args, "--select", "spec.unknown-event")
        assert ran.code == (meant != "")
        assert (b"spec.unknown-event" in ran.out) == (meant != "")
        if meant:
            assert f'send "{meant}"' in ran.out.decode()
        assert f"no message of {path} is a video event" in ran.err


def test_what_an_integration_hears_in_another_spelling_counts(run: "Run", tracks: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_bytes(tracks.read_bytes().replace(b"Video Playback Started", b"video_playback_started"))
    numbers = [
        json.loads(run("check", path, *YOUBORA, "--format", "json").out)["destinations"] for path in (tracks, other)
    ]
    assert numbers[0] == numbers[1]
    assert {"what": "views started", "true": 1, "theirs": 1} in [
        {name: one[name] for name in ("what", "true", "theirs")} for one in numbers[1][0]["numbers"]
    ]


def test_copies_for_a_destination_are_left_out_and_counted(run: "Run", tracks: Path) -> None:
    run("replay", ADS, *YOUBORA, "-o", "copies.jsonl")
    ran = run("lint", "copies.jsonl")
    word = "13 messages are copies for one destination: no rule of the Video Spec is held against such\n"
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == f"videospec lint: {word}errors: 0, warnings: 0, notes: 0\n"
    heard, fixed = (run("check", path, *YOUBORA, *more) for path, *more in (("copies.jsonl",), (tracks, "--fix")))
    assert heard.err.startswith(f"videospec check: {word}")
    assert (heard.code, heard.out[heard.out.index(b"\n\n") :]) == (0, fixed.out[fixed.out.index(b"\n\n") :])


def test_lines_of_a_log_that_are_refused_are_told(run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(gzip.decompress(ADS.read_bytes()) + b"nonsense\n")
    ran = run("lint", path)
    assert ran.code == 0
    assert "1 line of the log was refused" in ran.err


@pytest.mark.parametrize(
    ("options", "code", "rules"),
    [
        ([], 1, {"ad.bracket", "ad.named-now", "bracket.content-or-ad", "life.open-at-end"}),
        (["--select", "ad."], 1, {"ad.bracket", "ad.named-now"}),
        (["--select", "ad.", "--ignore", "ad.bracket"], 1, {"ad.named-now"}),
        (["--select", "heartbeat"], 0, set()),
    ],
)
def test_rules_are_selected_and_ignored(
    run: "Run", broken: Path, options: list[str], code: int, rules: set[str]
) -> None:
    ran = run("lint", broken, "--format", "json", *options)
    told = json.loads(ran.out)
    assert ran.code == code
    found = {one["rule"] for one in told["findings"]}
    assert found == rules if options else rules <= found


def test_a_rule_is_no_other_that_begins_alike(run: "Run") -> None:
    for name, rules in (("quirk.Y1", {"quirk.Y1"}), ("quirk", {"quirk.Y1", "quirk.Y4", "quirk.Y5", "quirk.Y13"})):
        told = json.loads(run("check", ADS, *YOUBORA, "--format", "json", "--select", name).out)
        assert {one["rule"] for one in told["findings"]} == rules


def test_what_fails_is_chosen(run: "Run", tracks: Path) -> None:
    cut = tracks.read_bytes().splitlines(keepends=True)[:-1]
    assert run("lint", "-", stdin=b"".join(cut)).code == 0
    assert run("lint", "-", "--fail-on", "warning", stdin=b"".join(cut)).code == 1


def test_a_baseline_accepts_what_is_there_and_nothing_more(run: "Run", broken: Path) -> None:
    assert run("lint", broken, "--write-baseline", "base.json").code == 0
    assert run("lint", broken, "--baseline", "base.json").code == 0
    again = run("lint", broken, "--baseline", "base.json", "--write-baseline", "base.json")
    assert "base.json: 0 findings" not in again.err
    more = broken.read_bytes().replace(b'"quartile":2', b'"quartile":1', 1)
    ran = run("lint", "-", "--baseline", "base.json", stdin=more)
    assert (ran.code, len(ran.lines) // 2, b"ad.quartiles" in ran.out) == (1, 1, True)
    moved = b"\n" + broken.read_bytes()
    assert run("lint", "-", "--baseline", "base.json", "--ignore", "ad.bracket", stdin=moved).code == 1


def test_a_baseline_is_not_written_over_the_stream(run: "Run", tracks: Path) -> None:
    before = tracks.read_bytes()
    ran = run("lint", tracks, "--write-baseline", tracks)
    assert (ran.code, tracks.read_bytes()) == (2, before)
    assert "is what is read: it would be overwritten" in ran.err


@pytest.mark.parametrize("text", ["{", "[]", '{"findings": 3}'])
def test_what_is_no_baseline(run: "Run", tracks: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "base.json").write_text(text)
    ran = run("lint", tracks, "--baseline", "base.json")
    assert (ran.code, "is no baseline" in ran.err) == (2, True)


def test_sarif_names_files_as_references(run: "Run", tmp_path: Path, broken: Path) -> None:
    odd = tmp_path / "day one ä.jsonl"
    odd.write_bytes(broken.read_bytes())
    uris = []
    for name in (odd.name, odd, broken.name):
        told = json.loads(run("lint", name, "--format", "sarif").out)
        jsonschema.Draft202012Validator(SARIF).validate(told)
        [uri] = {
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in told["runs"][0]["results"]
        }
        uris.append(uri)
    assert uris == ["day%20one%20%C3%A4.jsonl", odd.as_uri(), "broken.jsonl"]


def test_sarif_of_a_log_points_at_no_line_of_it(run: "Run") -> None:
    told = json.loads(run("check", ADS, *YOUBORA, "--format", "sarif").out)
    [first, *_] = results = told["runs"][0]["results"]
    assert all("region" not in one["locations"][0]["physicalLocation"] for one in results)
    assert first["message"]["text"].startswith("Track 6 of the replay: ")


@pytest.mark.parametrize("args", [["lint"], ["check", *YOUBORA]])
def test_sarif_is_what_the_standard_demands(run: "Run", broken: Path, args: list[str]) -> None:
    told = json.loads(run(args[0], broken, *args[1:], "--format", "sarif").out)
    jsonschema.Draft202012Validator(SARIF).validate(told)
    (one,) = told["runs"]
    assert len(one["results"]) > 5
    known = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert all(known[result["ruleIndex"]] == result["ruleId"] for result in one["results"])


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["lint", "nothing.jsonl"], "cannot read nothing.jsonl"),
        (["check", "nothing.jsonl", *YOUBORA], "cannot read nothing.jsonl"),
        (["check", str(PLAIN), "--destination", "Youbra"], "did you mean 'Youbora'"),
        (["check", str(PLAIN)], "--destination"),
        (["lint", str(PLAIN), "--select", "quirk.y1"], "no rule is called 'quirk.y1', did you mean 'quirk.Y1'"),
        (["lint", str(PLAIN), "--ignore", "Y13"], "did you mean 'quirk.Y13'?"),
        (["lint", str(PLAIN), "--select", "hartbeat"], "did you mean 'heartbeat'"),
        (["check", str(PLAIN), *YOUBORA, "--select", "quirk.Y"], "no rule is called 'quirk.Y'"),
        (["lint", str(PLAIN), "--select", ""], "no rule is called ''"),
        (["lint", str(PLAIN), "--write-baseline", "no/where"], "cannot write no/where"),
    ],
)
def test_bad_usage(run: "Run", args: list[str], told: str) -> None:
    ran = run(*args)
    assert (ran.code, told in ran.err) == (2, True)


# -- check -------------------------------------------------------------------------------------------------------------


def test_the_numbers_of_a_recording_at_youbora(run: "Run") -> None:
    ran = run("check", ADS, *YOUBORA, "--format", "json")
    assert ran.code == 1
    told = json.loads(ran.out)
    (verdict,) = told["destinations"]
    numbers = {one["what"]: (one["true"], one["theirs"]) for one in verdict["numbers"]}
    assert numbers["post-roll ads"] == (1, 0)
    assert numbers["mid-roll ads"] == (1, 2)
    found = {one["rule"]: one for one in told["findings"]}
    assert "the post-roll lab-ad2 is counted as a mid-roll" in found["quirk.Y1"]["message"]
    assert "a thousandth of 760000" in found["quirk.Y5"]["message"]
    assert verdict["fates"]["Video Ad Started"] == "harmful"
    assert verdict["fates"]["Video Ad Playing"] == "ignored"


def test_numbers_and_table_in_text(run: "Run") -> None:
    told = run("check", ADS, *YOUBORA, "--destination", "GA4").out.decode()
    assert ["post-roll", "ads", "1", "0", "<-"] in [line.split() for line in told.splitlines()]
    assert "Video Content Playing     harmful  altered" in told


def test_of_several_destinations_a_finding_names_its_own(run: "Run", broken: Path) -> None:
    alone = run("check", broken, *YOUBORA, "--select", "quirk").out.decode()
    assert "error quirk.Y5: bitrate" in alone
    told = run("check", broken, *YOUBORA, "--destination", "GA4").out.decode()
    assert "error quirk.Y5 (Youbora): bitrate" in told
    assert "(Google Analytics 4 Cloud): " in told
    assert "error ad.bracket [lab-hlsjs_S7]: " in told, "a rule of the Video Spec is of none"


def test_from_a_server_it_is_the_first_finding(run: "Run") -> None:
    ran = run("check", PLAIN, *YOUBORA, "--source", "server")
    assert ran.code == 1
    assert b"error reach.none" in ran.lines[0]
    assert run("check", PLAIN, *YOUBORA, "--source", "server", "--ignore", "reach").code == 0


def test_the_same_destination_twice_is_once(run: "Run") -> None:
    once = run("check", PLAIN, *YOUBORA)
    assert run("check", PLAIN, *YOUBORA, "--destination", "NPAW").out == once.out


@pytest.mark.parametrize("name", ["Recombee", "Parsely", "Adobe Analytics", "Youbora"])
def test_lint_of_what_overrides_made_finds_nothing(run: "Run", tmp_path: Path, name: str) -> None:
    path = tmp_path / "tracks.jsonl"
    assert run("replay", PLAIN, "--destination", name, "-o", path).code == 0
    assert json.loads(run("lint", path, "--format", "json").out)["findings"] == []
    path.write_bytes(path.read_bytes().replace(b'"properties":{', b'"properties":{"colour":"red",'))
    told = json.loads(run("lint", path, "--format", "json").out)["findings"]
    assert {one["field"] for one in told} == {"properties.colour"}


# -- accounts ----------------------------------------------------------------------------------------------------------

ADOBE = ("--destination", "Adobe Analytics", "--format", "json")


def told(run: "Run", *args: str | Path) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The findings by rule, and the numbers there."""
    whole = json.loads(run("check", ADS, *args).out)
    [verdict] = whole["destinations"]
    return {one["rule"]: one for one in whole["findings"]}, {one["what"]: one["theirs"] for one in verdict["numbers"]}


def test_an_account_that_is_not_told_is_taken_to_work(run: "Run") -> None:
    rules, numbers = told(run, *ADOBE)
    assert not {"account.silent", "quirk.A8"} & set(rules)
    assert numbers["sessions started"] == 1


def test_an_account_that_makes_no_calls(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "videospec.toml").write_text('[accounts."Adobe Analytics"]\nmarketingCloudOrgId = "o"\n')
    rules, numbers = told(run, *ADOBE)
    assert rules["account.silent"]["severity"] == "error"
    assert "heartbeatTrackingServerUrl is not set" in rules["account.silent"]["message"]
    assert numbers["sessions started"] == 0
    rules, numbers = told(run, *ADOBE, "--set", "adobe-analytics.heartbeatTrackingServerUrl=https://hb.example")
    assert "account.silent" not in rules
    assert numbers["sessions started"] == 1


def test_an_account_by_which_every_event_throws(run: "Run") -> None:
    rules, numbers = told(run, *ADOBE, "--set", "heartbeatTrackingServerUrl=https://hb.example")
    assert rules["quirk.A8"]["override"] is False
    assert rules["quirk.A8"]["count"] > 10
    assert "simulator.throws" not in rules
    assert numbers["sessions started"] == 0


def test_a_capture_log_is_replayed_with_the_settings(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("heartbeat = 2\n")
    short, usual = (run("lint", ADS, "--select", "id", *more).code for more in (("--config", "site.toml"), ()))
    assert short == usual == 0
    two, ten = (
        json.loads(run("check", ADS, "--destination", "Youbora", "--format", "json", *more).out)
        for more in (("--config", "site.toml"), ())
    )
    beats = [next(one["count"] for one in whole["findings"] if one["rule"] == "quirk.Y5") for whole in (two, ten)]
    assert beats[0] > beats[1]


def test_overrides_of_ones_own_with_fix(run: "Run", tmp_path: Path) -> None:
    row = 'do = "set"\ndestination = "Youbora"\nname = "bitrate"\nvalue = 5'
    (tmp_path / "videospec.toml").write_text(f"[[overrides]]\n{row}\n")
    fixed = json.loads(run("check", ADS, "--destination", "Youbora", "--format", "json", "--fix").out)
    assert "bitrate 5 is read as bit/s" in str(fixed["findings"])
    (tmp_path / "videospec.toml").write_text("[[overrides]]\ndo = 3\n")
    assert run("check", ADS, "--destination", "Youbora", "--fix").code == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--set", "accountCode"), "expected NAME=VALUE"),
        (("--set", "acountCode=1"), "Youbora has no setting acountCode; it has accountCode"),
        (("--set", "Yuobora.accountCode=1"), "did you mean 'Youbora'?"),
        (("--set", "Parsely.apiKey=1"), "Parsely is not asked about here"),
        (("--set", "accountCode=1", "--destination", "Parsely"), "of which destination?"),
        (("--config", "none.toml"), "cannot read none.toml"),
    ],
)
def test_a_wrong_setting(run: "Run", given: tuple[str, ...], told: str) -> None:
    ran = run("check", ADS, *YOUBORA, *given)
    assert (ran.code, ran.out) == (2, b"")
    assert told in ran.err
    if "none.toml" in given:
        assert run("lint", ADS, *given).code == 2
