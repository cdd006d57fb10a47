"""Pages of our own on which parsers of HTML differ, and tag soup made at random."""

from __future__ import annotations

import random

TRICKY: dict[str, bytes] = {
    name: page.encode()
    for name, page in {
        "implied tbody": "<table><tr><td>Rome</td><td>Oslo</td></tr><tr><th>Bern</table>",
        "unclosed paragraphs": "<p>Paris <b>is <i>very</b> old</i><p>Rome<ul><li>one<li>two</ul><dl><dt>a<dd>b<dt>c</dl>",
        "standard mode": "<!doctype html><p>a<table><tr><td>b</table>c",
        "quirks mode": "<p>a<table><tr><td>b</table>c",
        "foster parents": "<table>lost<tr>more<td>cell</td>again<b>bold</tr></table>after",
        "nested tables": "<table><tr><td>a<table><caption>c</caption><tr><td>b</table>d<col><td>e</table>",
        "misnested": "<p>1<b>2<i>3</b>4</i>5<a href=x>6<div>7</a>8</div><b><b><b><b>9</p>10",
        "drawing": "<p>a<svg viewBox='0 0 1 1'><title>t</title><linearGradient><stop/></linearGradient>"
        "<text x=1>drawn<tspan>words</tspan></text><foreignObject><p>inside<div>of it</foreignObject></svg>b",
        "cdata": "<svg><![CDATA[a<b>&amp;]]>c</svg><![CDATA[not here]]>d",
        "mathematics": "<math><mi>x</mi><mo>=</mo><annotation-xml encoding=text/html><p>y</p></annotation-xml></math>z",
        "broken drawing": "<svg><g>a<p>b</g>c<svg/>d",
        "comments": "a<!-- one -->b<!--><p>c<!-- --!>d<p>e<!x>f<?php g ?>h</p x>i",
        "around the page": "<!--a--><!doctype html><!--b--> <html>\n <head>\n <title>t &amp; t</title>\n </head>\n <body>\n x"
        "</body>\n y</html>\n z<!--c-->",
        "entities": "&lt;&amp;&notin;&notit;&#128512;&#x80;&#0;&nbsp;&copy&copyx;&ampamp;&NotEqualTilde;<p title='&lt'>&",
        "emoji": "<p>\U0001f600 a \U0001f468\u200d\U0001f469\u200d\U0001f467 b</p><p>e\u0301 \u05d0\u05d1 \u0639\u0631\u0628 \U00020000</p>",
        "line endings": "<p>a\r\nb\rc\n\r\nd</p><pre>\r\n\r\nx\r\n</pre><textarea>\n\ny</textarea><listing>\nz</listing>",
        "nothing": "<p>a\0b</p><svg>c\0d</svg><script>e\0f</script><title>g\0h</title><table>\0<tr>i",
        "preformatted": "<pre>\n  a\n\tb  </pre><pre>\n\nc</pre><pre> \nd</pre>",
        "templates": "a<template><p>b<td>c</template>d<table><template><tr><td>e</template><tr><td>f</table>",
        "breaks": "a<br>b<br/>c</br>d</p>e<hr>f<wbr>g<image src=h>i",
        "white space": " \n <p> \n a \t b \n </p> \n <p></p> \f <div> <span> </span> </div> ",
        "raw text": "<style>p > a { b: '<i>' }</style><script>if (a < b && '</p>') {}</script><textarea><b>c</textarea>"
        "<xmp><i>d</xmp><iframe><u>e</iframe><noembed><p>f</noembed><noframes><p>g</noframes><plaintext>h<p>i",
        "without scripts": "<head><noscript><link rel=x><img></noscript><title>a</title></head>b<noscript><p>c</noscript>d",
        "script escapes": "<script><!-- <script> </script> --></script>a<script></scriptx></script>b",
        "selects": "<select><option>a<option>b<optgroup>c<option>d</select>e<select><p>f<select>g",
        "forms": "<form>a<form>b</form>c<button>d<button>e</button>f<input type=hidden>g<label>h",
        "headings": "<h1>a<h2>b</h1>c<h3>d</h4>e<p>f<h5>g<address>h<p>i</address>",
        "ruby": "<ruby>a<rt>b<rp>c<rt>d</ruby>e<rtc>f",
        "odd tags": "<o:p>a</o:p><x-y>b</x-y><DIV CLASS=A ID=b>c</Div><a b='c' b='d'>e<p/>f<div/>g</3>h<3>i< j",
        "twice": "<html lang=a><body class=b>c<html lang=d><body class=e id=f>g<head><title>h</title>",
        "frames": "<frameset><frame src=a></frameset>b",
        "nothing at all": "",
        "cut short": "<p>a<b class='",
        "cut in an entity": "<table><tr><td>a&am",
        "deep": "<div>" * 300 + "a" + "<b>" * 150 + "c",
        "many siblings": "<p>x <i>y</i> " * 400,
        "mark": "\ufeff<p>a\ufeffb",
        "declared late": "<!-- é --><meta charset=utf-8><p>naïve — “ok”",
    }.items()
}
TRICKY["windows-1251"] = "<meta charset=windows-1251><p>Привет, мир".encode("cp1251")
TRICKY["latin 1 is windows-1252"] = "<meta charset='iso-8859-1'><p>“naïve” € ".encode("cp1252") + b"\x81\x9d"
TRICKY["http-equiv"] = (
    '<meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><p>\u65e5\u672c\u8a9e'.encode("cp932")
)
TRICKY["gbk"] = "<meta charset=gb2312><p>\u4e2d\u6587\u570b\u20ac".encode("gb18030")
TRICKY["UTF-16"] = "\ufeff<p>h\u00e9 \U0001f600".encode("utf-16-le")
TRICKY["UTF-16, the other way"] = "\ufeff<p>h\u00e9 \U0001f600".encode("utf-16-be")
TRICKY["UTF-16 said in ASCII"] = "<meta charset=utf-16><p>h\u00e9".encode()
TRICKY["no UTF-8 though declared"] = b"<meta charset=utf-8><p>a\xe9b\xf0\x9fc\xff"
TRICKY["in a comment"] = "<!-- <meta charset=windows-1251> --><meta charset=utf-8><p>\u00e9".encode()

_NAMES = (
    "p b i a div span table tr td th tbody thead caption ul li dl dt dd h1 h2 pre form button select option br hr "
    "svg g text foreignObject math mi script style textarea title template em nobr ruby rt address section "
    "center font u s code blockquote img input"
)
_TAGS = _NAMES.split()
_WORDS = ("a", " ", "\n", "\r\n", "&amp;", "é", "\U0001f600", "x y", "<!-- c -->", "&lt", "b\tc ", "\u00a0")


def soup(seed: int, length: int = 60) -> bytes:
    """Tags opened and closed at random with words between them."""
    chance = random.Random(seed)
    made = ["<!doctype html>"] if chance.random() < 0.5 else []
    for _ in range(length):
        kind, tag = chance.random(), chance.choice(_TAGS)
        if kind < 0.4:
            made.append(chance.choice(_WORDS))
        else:
            made.append(f"<{tag}>" if kind < 0.75 else f"</{tag}>")
    return ("<meta charset=utf-8>" + "".join(made)).encode()
