"""Carriers of web pages (.html)."""

from __future__ import annotations

import base64
import json

from .carrier import Carrier, hidden, seen

HEAD = "<!DOCTYPE html><html><head><meta charset=utf-8><title>公示</title>"


def html(body: str, head: str = "") -> bytes:
    """A page with a sentence and this body."""
    return f"{HEAD}{head}</head><body><p>现予公示。</p>{body}</body></html>".encode()


def escaped(number: str) -> str:
    return "".join(f"&#{ord(digit)};" if n % 2 else f"&#x{ord(digit):x};" for n, digit in enumerate(number))


def data_address(number: str) -> str:
    inner = base64.b64encode(f"<html><body><p>身份证号{number}</p></body></html>".encode()).decode()
    return f"<iframe src='data:text/html;charset=utf-8;base64,{inner}'></iframe>"


def quoted_address(number: str) -> str:
    return f"<iframe src='data:text/html,%3Cp%3E{number}%3C/p%3E'></iframe>"


CARRIERS: tuple[Carrier, ...] = (
    seen("html body.html", "¶2", lambda n: html(f"<p>身份证号{n}</p>")),
    seen(
        "html split by tags.html",
        "¶2",
        lambda n: html(f"<p>{n[:6]}<b>{n[6:10]}</b><i>{n[10:14]}</i><span>{n[14:]}</span></p>"),
    ),
    seen("html split by a comment.html", "¶2", lambda n: html(f"<p>{n[:6]}<!-- -->{n[6:]}</p>")),
    seen(
        "html split by invisible characters.html", "¶2", lambda n: html(f"<p>{n[:6]}&#8203;{n[6:12]}&shy;{n[12:]}</p>")
    ),
    seen("html entities.html", "¶2", lambda n: html(f"<p>{escaped(n)}</p>")),
    seen("html full width.html", "¶2", lambda n: html(f"<p>{n.translate({ord(d): ord(d) + 0xFEE0 for d in n})}</p>")),
    seen(
        "html table.html", "表1 第2行第2列", lambda n: html(f"<table><tr><td>姓名<td>证号<tr><td>张三<td>{n}</table>")
    ),
    seen(
        "html number in boxes.html",
        "表1 第1行第2列",
        lambda n: html(f"<table><tr><td>证号<td>{'<td>'.join(n)}</table>"),
    ),
    seen("html number over three lines.html", "¶2", lambda n: html(f"<p>{n[:6]}<br>{n[6:14]}<br>{n[14:]}")),
    hidden(
        "html number in input boxes.html",
        "属性 input@value",
        lambda n: html("".join(f"<input value={digit} size=1>" for digit in n)),
    ),
    seen(
        "html title.html",
        "title",
        lambda n: html("", f"<title>{n}</title>").replace(b"<title>\xe5\x85\xac\xe7\xa4\xba</title>", b""),
    ),
    seen("html text area.html", "¶", lambda n: html(f"<textarea>{n}</textarea>")),
    seen("html option.html", "¶", lambda n: html(f"<select><option>甲<option>{n}</select>")),
    hidden("html comment.html", "注释", lambda n: html(f"<!-- 张三 {n} -->")),
    hidden("html conditional comment.html", "注释", lambda n: html(f"<!--[if IE]><p>{n}</p><![endif]-->")),
    hidden("html display none.html", "隐藏内容", lambda n: html(f"<div style='display: none'>{n}</div>")),
    hidden(
        "html display none by class.html",
        "隐藏内容",
        lambda n: html(f"<p class=x>{n}</p>", "<style>.x{display:none}</style>"),
    ),
    hidden("html hidden attribute.html", "隐藏内容", lambda n: html(f"<p hidden>{n}</p>")),
    hidden("html invisible.html", "隐藏内容", lambda n: html(f"<p style='visibility:hidden'>{n}</p>")),
    hidden("html no size.html", "隐藏内容", lambda n: html(f"<p style='font-size:0'>{n}</p>")),
    hidden("html transparent.html", "隐藏内容", lambda n: html(f"<p style='opacity:0'>{n}</p>")),
    hidden("html white.html", "隐藏内容", lambda n: html(f"<p style='color:#fff'>{n}</p>")),
    hidden("html far away.html", "隐藏内容", lambda n: html(f"<p style='position:absolute;left:-9999px'>{n}</p>")),
    hidden("html no height.html", "隐藏内容", lambda n: html(f"<p style='height:0;overflow:hidden'>{n}</p>")),
    hidden("html clipped.html", "隐藏内容", lambda n: html(f"<p style='position:absolute;clip:rect(0,0,0,0)'>{n}</p>")),
    hidden("html transparent letters.html", "隐藏内容", lambda n: html(f"<p style='color:transparent'>{n}</p>")),
    hidden("html hidden cell.html", "表1", lambda n: html(f"<table><tr><td>甲<td style='display:none'>{n}</table>")),
    hidden("html template.html", "隐藏内容", lambda n: html(f"<template><p>{n}</p></template>")),
    hidden("html noscript.html", "隐藏内容", lambda n: html(f"<noscript>{n}</noscript>")),
    hidden("html attribute.html", "属性 b@title", lambda n: html(f"<b title='{n}'>甲</b>")),
    hidden("html data attribute.html", "属性 tr@data-id", lambda n: html(f"<table><tr data-id='{n}'><td>甲</table>")),
    hidden("html alternative text.html", "属性 img@alt", lambda n: html(f"<img src=a.png alt='证号{n}'>")),
    hidden("html link.html", "属性 a@href", lambda n: html(f"<a href='/q?sfz={n}'>查询</a>")),
    hidden("html event.html", "属性 a@onclick", lambda n: html(f"<a onclick=\"show('{n}')\">查询</a>")),
    hidden("html input value.html", "属性 input@value", lambda n: html(f"<input value='{n}'>")),
    hidden("html hidden input.html", "属性 input@value", lambda n: html(f"<input type=hidden value={n}>")),
    hidden("html script.html", "脚本", lambda n: html(f"<script>var sfz = '{n}';</script>")),
    hidden(
        "html number in a script.html",
        "脚本",
        lambda n: html(f"<script>var rows = [[1, {n.replace('X', '0')}, '{n}']];</script>"),
    ),
    hidden(
        "html json in a script.html",
        "脚本",
        lambda n: html(f"<script type='application/json'>{json.dumps({'姓名': '张三', '证号': n})}</script>"),
    ),
    hidden(
        "html packed in a script.html",
        "脚本",
        lambda n: html(f"<script>show(atob('{base64.b64encode(n.encode()).decode()}'))</script>"),
    ),
    hidden(
        "html put together by a script.html",
        "脚本",
        lambda n: html(f"<script>show('{n[:6]}' + '{n[6:14]}' + '{n[14:]}')</script>"),
    ),
    hidden(
        "html codes in a script.html",
        "脚本",
        lambda n: html(f"<script>String.fromCharCode({','.join(str(ord(one)) for one in n)})</script>"),
    ),
    hidden(
        "html percent signs in a script.html",
        "脚本",
        lambda n: html(f"<script>unescape('{''.join(f'%{ord(one):02x}' for one in n)}')</script>"),
    ),
    hidden(
        "html escapes in a style.html",
        "样式",
        lambda n: html(
            "", f"<style>p::after {{content: '{''.join(f'%s{ord(one):06x}' % chr(92) for one in n)}'}}</style>"
        ),
    ),
    hidden("html style.html", "样式", lambda n: html("", f"<style>p::after {{content: '{n}'}}</style>")),
    hidden("html meta.html", "属性 meta@content", lambda n: html("", f"<meta name=description content='证号{n}'>")),
    hidden(
        "html srcdoc.html", "属性 iframe@srcdoc", lambda n: html(f"<iframe srcdoc='&lt;p&gt;{n}&lt;/p&gt;'></iframe>")
    ),
    hidden("html data address.html", "iframe", lambda n: html(data_address(n))),
    hidden("html quoted data address.html", "iframe", lambda n: html(quoted_address(n))),
    hidden("html unclosed comment.html", "注释", lambda n: html(f"<!-- {n}")),
    hidden("html broken tag.html", "残缺的标签", lambda n: html(f"<a title='{n}")),
    hidden("html declaration.html", "注释", lambda n: html(f"<! {n} >")),
    hidden("html after the end.html", "注释", lambda n: html("") + f"<!-- {n} -->".encode()),
    seen("html called xls.xls", "表1", lambda n: html(f"<table><tr><td>证号<tr><td>{n}</table>")),
    seen(
        "html in gb18030.html",
        "¶1",
        lambda n: f"<meta charset=gb2312><p>张三的身份证号码是{n}，现予公示。".encode("gb18030"),
    ),
    seen("html in utf-16.html", "¶", lambda n: html(f"<p>{n}</p>").decode().encode("utf-16")),
)
