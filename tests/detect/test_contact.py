"""Whose line a number is: an office's beside its people and labels, a private person's beside the name alone."""

from __future__ import annotations

import pytest
from persons import MOBILE, findings

LINE = "0999-5500017"


@pytest.mark.parametrize(
    "text",
    [
        f"护林员 王大山（{MOBILE}）　民警 李卫东",
        f"村医：王桂华 {MOBILE}\n服务：高血压、糖尿病患者随访",
        f"门店：文昌路114号；金牌月嫂李阿姨；电话 {MOBILE}（龙店长）",
        f"接站联系：高铁站 王大山 {MOBILE}；机场 李卫东 {MOBILE}",
        f"名称\t地址\t房间数\t主理人\t预订\n溪山小筑\t上排村8号\t9\t王大山\t{MOBILE}\n听竹\t古街31号\t6\t李卫东\t{MOBILE}",
        f"项目名称\t预算\t联系人及电话\n精神障碍患者服药点药品\t35\t王大山 {LINE}",
        f"慢阻肺患者412例。完成人：王大山。联系邮箱 keyan@example.com。通讯作者电话 {LINE}。",
        f"被执行人：宏发养殖场。提供线索请来电。电话 {LINE} 杜法官。",
    ],
)
def test_an_office_line_is_lawful(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        f"征求意见表：301 王大山 同意 {MOBILE}；401 空置",
        f"中奖名单：一等奖 王慧琴，收货地址青石县民主路12号院3栋1单元202，电话{MOBILE}",
    ],
)
def test_a_number_behind_a_bare_name_is_private(text: str) -> None:
    assert MOBILE in [text[finding.span.start : finding.span.end] for finding in findings(text)]
