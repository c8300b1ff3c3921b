"""With --anonymise a store never has a whole address, nor the name of anybody."""

import ipaddress
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.duck import listed
from preau.kit.errors import PreauError
from preau.operate.accesslog.analysis.counting import counted
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.result import result_of
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.take_in import take_in
from tests.operate.accesslog.logs import line, write


def nobody(_told):
    """Reads no progress."""


def stored(folder, log, *, lasting=True):
    """All that is in a store's files, as text and as bytes; and its hosts."""
    with open_store(folder, lasting=lasting, anonymise=True) as store:
        (told,) = take_in(store, [str(log)], "combined", nobody)
        with counted(store, Definitions(), Filters()) as counts:
            result_of(counts, Definitions())
        texts, hosts = [], []
        if files := store.files():
            rows = f"read_parquet({listed(files)}, hive_partitioning = false)"
            texts += store.database.execute(f"FROM {rows}").fetchall()
            hosts = store.database.execute(
                f'SELECT host, "user" FROM {rows} WHERE odd IS NULL ORDER BY t, host'
            ).fetchall()
        tables = store.database.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store'"
        ).fetchall()
        for (table,) in tables:
            texts += store.database.execute(f'FROM "{table}"').fetchall()
    names = "".join(str(path.relative_to(folder)) for path in folder.rglob("*"))
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return told, hosts, f"{texts}{names}", content


@pytest.mark.parametrize(
    ("host", "kept"),
    [
        ("192.0.2.7", "192.0.2.0"), ("192.0.2.7:8080", "192.0.2.0"),
        ("::ffff:192.0.2.7", "192.0.2.0"), ("[::ffff:192.0.2.7]:80", "192.0.2.0"),
        ("2001:db8:7:1::5", "2001:db8:7::"), ("2001:DB8:0007::5", "2001:db8:7::"),
        ("2001:db8::1", "2001:db8::"), ("1::2:3:4:5:6:7", "1:0:2::"), ("::1", "0::"),
        ("1:2:3:4:5:6:7:8", "1:2:3::"), ("[2001:db8:7::5]:443", "2001:db8:7::"),
        ("fe80::1%eth0", "fe80::"), ("dsl-192-0-2-7.isp.example.fr", "example.fr"),
        ("a.example.fr.", "example.fr"), ("localhost", "localhost"), ("a.b.fr:80", "b.fr"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("odd", [False, True])
def test_what_is_kept_of_a_host(tmp_path, host, kept, odd):
    """Whether the database reads its line or we do."""
    written = line(host=host, agent='a \\"quoted\\" one' if odd else "a")
    _told, hosts, _texts, _content = stored(tmp_path / "s", write(tmp_path / "a.log", written))
    assert hosts == [(kept, None)]


def test_a_name_is_the_same_hash_in_every_run_of_a_store_and_in_no_other(tmp_path):
    log = write(
        tmp_path / "a.log", line(user="ada"), line(user="ada", at=1), line(user="max", at=2)
    )
    _told, hosts, texts, _content = stored(tmp_path / "one", log)
    (one, _again), other = [user for _host, user in hosts[:2]], hosts[2][1]
    assert len({user for _host, user in hosts}) == 2
    assert one != other
    assert "ada" not in texts
    log = write(log, *log.read_text().splitlines(), line(user="ada", at=3))
    assert stored(tmp_path / "one", log)[1][3][1] == one
    assert stored(tmp_path / "two", log)[1][0][1] != one


@pytest.mark.parametrize("lasting", [True, False])
def test_lines_of_which_nothing_can_be_made_keep_their_shape_only(tmp_path, lasting):
    bad = [
        line(host="192.0.2.77", status=12345), "junk 192.0.2.78 ada@example.fr", '"' * 40 + "192.0.2.79",
        line(host="192.0.2.76", agent="\x00")[:-1], "é" * 3 + " 2001:db8:7::77",
    ]  # fmt: skip
    log = write(tmp_path / "a.log", line(), *bad, line(at=1))
    told, hosts, texts, content = stored(tmp_path / "store", log, lasting=lasting)
    assert (told.lines, told.unparsed, len(hosts)) == (7, 5, 2)
    assert "xxxx 000.0.0.00 xxx@xxxxxxx.xx" in texts
    for number in range(76, 80):
        assert f"192.0.2.{number}" not in texts
        assert f"192.0.2.{number}".encode() not in content
    assert "db8:7::77" not in texts


_v4 = st.tuples(*[st.integers(1, 254)] * 4).map(lambda it: ".".join(map(str, it)))
_v6 = st.one_of(
    st.ip_addresses(v=6).map(str), st.ip_addresses(v=6).map(lambda it: it.exploded),
    st.tuples(*[st.integers(1, 65535)] * 3).map(lambda it: "2001:db8:{:x}::{:x}:{:x}".format(*it)),
).filter(lambda it: int(ipaddress.ip_address(it)) % (1 << 80))  # fmt: skip
_odd = st.sampled_from(["", "", "", '"', " ", "\\", "\udcff", '" x "'])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.one_of(_v4, _v6), _odd, st.integers(0, 3)), min_size=1, max_size=12))
def test_no_address_of_a_log_is_in_any_file_of_the_store(tmp_path_factory, lines):
    """Neither of who asked, nor those that people write into addresses and names of programs."""
    folder = tmp_path_factory.mktemp("cut")
    log = folder / "a.log"
    text = []
    for number, (host, odd, place) in enumerate(lines):
        inside = [f"/?ip={host},{host}&x", host.replace(":", "%3A"), f"x{odd}", host][place]
        said = {"agent": f"{odd}({inside})", "referrer": f"http://{host}/"}
        text.append(line(f"/{inside}", at=number, host=host, **said))
    log.write_bytes("\n".join(text).encode("utf-8", "surrogateescape") + b"\n")
    _told, _hosts, texts, content = stored(folder / "store", log)
    for host, _odd, _place in lines:
        for written in (host, host.replace(":", "%3A")):
            assert written not in texts.replace("::ffff", ""), written
            # By itself it may come about where two cut addresses lie side by side.
            for around in (f"/{written}/", f"={written},", f"({written})", f"{written}\x00"):
                assert around.encode() not in content
    shutil.rmtree(folder)


def test_a_store_has_whole_addresses_or_none(preau, tmp_path):
    log = write(tmp_path / "a.log", line())
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    assert preau("accesslog", "report", log, "--store", whole).code == 0
    assert preau("accesslog", "report", log, "--store", cut, "--anonymise").code == 0
    done = preau("accesslog", "report", log, "--store", whole, "--anonymise")
    assert (done.code, len(done.err.strip().splitlines())) == (1, 1)
    assert "this store has whole addresses already" in done.err
    done = preau("accesslog", "report", log, "--store", cut)
    assert (done.code, len(done.err.strip().splitlines())) == (1, 1)
    assert "this store has only addresses that are cut; say --anonymise" in done.err
    for store in (whole, cut):  # nothing is read, so nothing has to be said
        assert preau("accesslog", "report", "--store", store).code == 0


def test_before_the_first_log_is_in_it_may_be_chosen_otherwise(tmp_path):
    with open_store(tmp_path / "s", lasting=True, anonymise=True) as store:
        assert store.key is not None
    with open_store(tmp_path / "s", lasting=True, anonymise=False) as store:
        assert store.key is None
        take_in(store, [str(write(tmp_path / "a.log", line()))], None, nobody)
    with pytest.raises(PreauError), open_store(tmp_path / "s", lasting=True, anonymise=True):
        pass


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Addresses were cut"), ("fr", "Les adresses ont été coupées")]
)
def test_the_report_says_so(preau, tmp_path, language, said):
    page = tmp_path / "r.html"
    log = write(tmp_path / "a.log", line())
    preau("accesslog", "report", log, "--anonymise", "-o", page, "--language", language)
    assert said in page.read_text()
    preau("accesslog", "report", log, "-o", page, "--language", language)
    assert said not in page.read_text()
