"""Ledgers as a clerk from another county would leave them, written by somebody who had not read the engine or its other ledgers."""

import datetime
import random

from benchmarks.sheets.cases import Case
from benchmarks.sheets.outsider_office import PROGRESS as PROG
from benchmarks.sheets.outsider_office import STAGE_WORDS as STW
from benchmarks.sheets.outsider_office import TOWNS as TOWN
from benchmarks.sheets.outsider_office import UNITS as UNIT
from benchmarks.sheets.outsider_office import Office, Sheet, cny, cur, serial, written, yi

# fmt: off
# Wide rows stay on one line, as in a sheet.

def towns_with_sums_above(chance: random.Random) -> Case:
    """Unit in the third head row, total beside phase one, subtotals by town above their records, stage only in the title."""
    office = Office(chance)
    s = Sheet("在谈")
    s.merge(1, 1, 1, 10, "2023年三季度各乡镇重点在谈招商项目情况表")
    s.row(2, ["填报单位:县招商办", "", "", "", "", "", "", "更新时间:2023年9月28日"])
    for c, h in ((1, "序号"), (2, "落户乡镇"), (3, "项目名称"), (4, "客商名称"), (8, "洽谈情况"), (9, "对接人(电话)"), (10, "备注")):
        s.merge(3, c, 5, c, h)
    s.merge(3, 5, 3, 6, "投资规模")
    s.row(4, ["总投资", "一期投资"], 5)
    s.row(5, ["亿元", "亿元"], 5)
    s.merge(3, 7, 4, 7, "拟用地")
    s.c[5, 7] = "亩"
    r = 6
    n = 0
    for t in TOWN[:6]:
        ps = office.take(office.chance.randrange(4, 7))
        s.c[r, 1] = "小计"
        s.c[r, 3] = f"{t}{len(ps)}个"
        s.c[r, 5] = ("f", f"=SUM(E{r + 1}:E{r + len(ps)})", yi(sum(p["wan"] for p in ps)))
        r += 1
        a = r
        for p in ps:
            n += 1
            g = PROG["negotiating"][n % 4]
            st = "negotiating"
            if n % 9 == 4:
                g, st = PROG["terminated"][n % 2], "terminated"
            if n % 11 == 5:
                g, st = "已签约,正在注册公司", "signed"
            nt = "\n" if n % 5 == 0 else ""
            s.row(r, [n, None, p["name"][:4] + nt + p["name"][4:], p["inv"] + (" " if n % 3 == 0 else ""), yi(p["wan"]), yi(p["wan"] // 200 * 100 or 100), p["land"], g, f"{p['who']}({p['tel']})", f"年产值预计{office.chance.randrange(2, 9)}亿元" if n % 3 else ""])
            s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=cny(p["wan"]), stage=st, site=t, land_mu=p["land"], progress_text=g, contacts=[{"name": p["who"], "phone": p["tel"]}])
            r += 1
        s.merge(a, 2, r - 1, 2, t)
    s.row(r + 1, ["审核人:", "", "", "", "填表人:林晓", "", "", "联系电话:0510-80000011"])
    return written("在谈项目.xlsx", [s])


def months_and_a_sheet_that_goes_on(chance: random.Random) -> Case:
    """Months and cumulative funds; continued without heads on a second sheet."""
    office = Office(chance)
    a, b = Sheet("到位资金"), Sheet("续表")
    hd = ["序号", "项目名称", "投资单位", "合同总投资", "上年结转", "1月", "2月", "3月", "4月", "5月", "6月", "1-6月累计到位", "占比", "责任单位"]
    a.merge(1, 1, 1, 14, "2023年1-6月招商引资项目到位资金统计表")
    a.c[2, 13] = "单位:万元"
    a.row(3, hd)
    n = 0
    last = None
    for s, r0, k in ((a, 4, 22), (b, 1, 14)):
        for p in office.take(k):
            n += 1
            r = r0
            r0 += 1
            w = p["wan"]
            ms = [office.chance.choice([None, None, office.chance.randrange(1, 9) * 50]) for _ in range(6)]
            tot = sum(x or 0 for x in ms)
            u = p["unit"] if n in (1, 23) or office.chance.random() < 0.6 else "同上"
            last = u if u != "同上" else last
            s.row(r, [n, f"{p['name']}", p["inv"], w, office.chance.choice([None, 300, 450]), *ms, ("f", f"=SUM(F{r}:K{r})", tot) if tot else None, ("n", tot / w, "0.0%") if tot else None, u])
            s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=cny(w), funds_in_place=cny(tot) if tot else None, task_force_or_unit=last)
    a_sum = sum(v for (r, c), v in a.c.items() if c == 4 and r > 3)
    b_sum = sum(v for (r, c), v in b.c.items() if c == 4)
    b.row(r0, ["合计", "", "", a_sum + b_sum])
    return written("到位资金月报.xlsx", [a, b])


def blocks_of_other_units(chance: random.Random) -> Case:
    """Blocks in different units under their own unit lines."""
    office = Office(chance)
    s = Sheet("项目库")
    s.merge(1, 1, 1, 9, "全县招商引资项目库(2023年10月)")
    r = 2
    n = 0
    for head, unit, st, k in (("一、签约项目", "万元", "signed", 16), ("二、洽谈项目", "亿元", "negotiating", 15), ("三、外资项目(签约)", "万美元", "signed", 10)):
        s.c[r, 1] = head
        s.c[r + 1, 8] = f"(单位:{unit})"
        s.row(r + 2, ["编号", "项 目 名 称", "投资方", "投资额", "注册资本", "所属产业", "落地园区", "招商专班", "包联领导"])
        r += 3
        for i, p in enumerate(office.take(k)):
            n += 1
            w = p["wan"]
            v, g = (w, cny(w)) if unit == "万元" else (yi(w), cny(w))
            if unit == "万美元":
                w = w // 700 * 100 + 200
                v, g = w, cur(w, "USD")
                if i % 4 == 1:
                    v, g = f"约{w}万欧元", cur(w, "EUR", "~")
                if i % 4 == 2:
                    v, g = f"{w}万港币", cur(w, "HKD")
                if i == 7:
                    v, g = "3亿日元", cur(30000, "JPY")
                if i == 3:
                    v, g = "5000万元人民币", cny(5000)
            z, t = office.chance.choice(["高新园", "临港园", "轻工园"]), office.chance.choice(["装备制造招商专班", "新能源招商专班", "农产品加工招商专班"])
            s.row(r, [i + 1, p["name"], p["inv"], v, office.chance.randrange(1, 9) * 500 if unit != "亿元" else office.chance.randrange(1, 9) / 10, p["ind"], z, t, office.person()])
            s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=g, stage=st, industry=p["ind"], site=z, task_force_or_unit=t)
            r += 1
        s.row(r, ["", "小计", "", ""])
        r += 1
        if st == "signed" and unit == "万元":
            s.c[r, 1] = "说明:签约项目以正式协议为准,框架协议不计入。"
            r += 1
    s.row(r + 1, ["填报人:", "", "", "", "审核:"])
    return written("项目库.xlsx", [s])


def progressive_ticks(chance: random.Random) -> Case:
    """Page saved as xls, ticks for the stage."""
    office = Office(chance)
    s = Sheet("")
    s.merge(1, 1, 1, 15, "重点招商项目推进情况一览表(截至2023年8月31日)")
    s.merge(2, 1, 2, 15, "图例:√表示已完成该环节,○表示正在推进;投资单位为亿元")
    for c, h in ((1, "序号"), (2, "项目名称"), (3, "投资企业"), (4, "计划投资\n(亿元)"), (5, "其中:固定资产投资\n(亿元)"), (12, "签约时间"), (13, "牵头单位"), (14, "联系人"), (15, "联系方式")):
        s.merge(3, c, 4, c, h)
    s.merge(3, 6, 3, 11, "项目进展阶段")
    st = ["lead", "negotiating", "signed", "registered", "construction", "production"]
    s.row(4, ["线索", "洽谈", "签约", "注册", "开工", "投产"], 6)
    for i, p in enumerate(office.take(30)):
        r = 5 + i
        k = i * 7 % 6
        t = ["√"] * (k + 1) + ([office.chance.choice(["", "○"])] if k < 5 else [])
        fx = p["wan"] * 7 // 1000 * 100
        d = None
        if k >= 2:
            y, m, q = 2023, office.chance.randrange(1, 8), office.chance.randrange(1, 28)
            d, g = office.chance.choice([(f"{y}.{m:02d}", f"{y}-{m:02d}"), (f"23年{m}月", f"2023-{m:02d}"), (f"{m}.{q}", f"2023-{m:02d}-{q:02d}"), (f"{y}/{m}/{q}", f"{y}-{m:02d}-{q:02d}"), ("2023年一季度", "2023-Q1"), (f"{y}-{m}", f"{y}-{m:02d}")])
        s.row(r, [i + 1, p["name"], p["inv"], yi(p["wan"]), yi(fx) or "", *(t + [""] * 6)[:6], d or "", p["unit"], p["who"], p["tel"]])
        s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=cny(p["wan"]), fixed_asset_investment=cny(fx) if fx else None, stage=st[k], signed_on=g if d else None, task_force_or_unit=p["unit"], contacts=[{"name": p["who"], "phone": p["tel"]}])
    return written("推进一览表.xls", [s])


def foreign_page(chance: random.Random) -> Case:
    """Page saved as xls, foreign projects, converted column, one value for several rows."""
    office = Office(chance)
    s = Sheet("")
    s.merge(1, 1, 1, 9, "利用外资重点项目表")
    s.row(2, ["填报日期:2023-07-05", "", "", "", "", "", "单位:万美元"])
    s.row(3, ["项目", "外方投资者", "国别(地区)", "投资总额", "合同外资", "实际到账外资(累计)", "折合人民币(万元)", "项目状态", "服务专员及电话"])
    r = 4
    for i, p in enumerate(office.take(24)):
        w = office.chance.randrange(3, 90) * 100
        f = w // 200 * 100
        stg = office.chance.choice(["signed", "registered", "construction", "production"])
        v, g = w, cur(w, "USD")
        if i % 6 == 2:
            v, g = f"{w}万港元", cur(w, "HKD")
        if i % 6 == 4:
            v, g = f"{w}万欧元", cur(w, "EUR")
        fv, fg = (f, cur(f, "USD")) if i % 6 not in (2, 4) else (f"{f}{'万港元' if i % 6 == 2 else '万欧元'}", cur(f, g["currency"]))
        c = office.chance.choice(STW[stg])
        rate = {"USD": 7.1, "HKD": 0.91, "EUR": 7.8}[g["currency"]]
        if i % 5 == 0:
            fv, fg = "—", None
        s.row(r, [f"{i + 1}.{p['name']}", p["inv"].replace("有限公司", "(香港)有限公司"), "香港", v, v, fv, round(w * rate, 1), c, f"{p['who']} {p['tel']}"])
        s.rec(r, project_name=p["name"], investor=p["inv"].replace("有限公司", "(香港)有限公司"), planned_total_investment=g, funds_in_place=fg, stage=stg, contacts=[{"name": p["who"], "phone": p["tel"]}], alt={"planned_total_investment": [cny(round(w * rate, 1))]})
        r += 1
    s.row(r, ["合计", "", "", "——"])
    return written("外资项目.xls", [s])


def export_of_decoys(chance: random.Random) -> Case:
    """Csv, decoys of every kind, serials."""
    office = Office(chance)
    s = Sheet("")
    s.row(1, ["项目编号", "项目名称", "投资方名称", "注册资本(万元)", "设备投资(万元)", "计划总投资(万元)", "固定资产投资(万元)", "融资需求(万元)", "预计年产值(万元)", "预计年税收(万元)", "备案日期", "签约日期", "计划开工时间", "更新时间", "项目状态", "所属产业", "项目选址", "拟用地面积(亩)", "建筑面积(㎡)", "新增就业(人)", "招引单位", "招商洽谈人", "联系电话"])
    ps = office.take(42)
    for i, p in enumerate(ps):
        stg = office.chance.choice(["negotiating", "signed", "registered", "construction", "production"])
        y, m, d = office.chance.choice([2022, 2023]), office.chance.randrange(1, 7), office.chance.randrange(1, 28)
        fx = p["wan"] * 6 // 1000 * 100
        sd = "" if stg == "negotiating" else office.chance.choice([serial(y, m, d), f"{y}-{m:02d}-{d:02d}", f"{y}/{m}/{d} 0:00"])
        s.row(
            i + 2,
            [
                f"ZS2023{i:04d}",
                p["name"],
                p["inv"],
                office.chance.randrange(1, 60) * 100,
                fx // 200 * 100,
                f"{p['wan']:,}" if i % 4 == 0 else p["wan"],
                fx or "",
                office.chance.choice(["", 2000]),
                p["wan"] * 2,
                p["wan"] // 10,
                serial(2023, 5, office.chance.randrange(1, 28)),
                sd,
                f"2023-{office.chance.randrange(9, 12)}",
                "2023-08-01 09:12:33",
                STW[stg][0],
                p["ind"],
                p["town"] + "工业园",
                p["land"],
                p["land"] * 400,
                p["jobs"],
                p["unit"],
                p["who"],
                p["tel"],
            ],
        )
        s.rec(
            i + 2,
            project_name=p["name"],
            investor=p["inv"],
            planned_total_investment=cny(p["wan"]),
            fixed_asset_investment=cny(fx) if fx else None,
            stage=stg,
            signed_on=f"{y}-{m:02d}-{d:02d}" if sd else None,
            industry=p["ind"],
            site=p["town"] + "工业园",
            land_mu=p["land"],
            jobs=p["jobs"],
            task_force_or_unit=p["unit"],
            contacts=[{"name": p["who"], "phone": p["tel"]}],
        )
    return written("系统导出gb.csv", [s])


def ditto_marks(chance: random.Random) -> Case:
    """Csv UTF-8: 同上, amounts with their unit in the cell, full width, remarks hold the stage."""
    office = Office(chance)
    s = Sheet("")
    s.row(1, ["东片区招商项目摸排表"])
    s.row(2, ["截至2023年11月15日"])
    s.row(3, ["序", "单位", "项 目", "投资主体", "投资额", "选址意向", "联系人及电话", "备注"])
    last = None
    tr = str.maketrans("0123456789.", "0123456789.")
    for i, p in enumerate(office.take(28)):
        st = ["negotiating", "signed", "registered", "construction", "terminated"][i % 5]
        w = p["wan"]
        u = p["unit"] if i % 4 == 0 else office.chance.choice(["同上", "〃"])
        last = p["unit"] if i % 4 == 0 else last
        v, g = [(f"{yi(w):g}亿元".translate(tr), cny(w)), (f"{w}万元", cny(w)), (f"约{yi(w):g}亿", cny(w, "~")), (f"{yi(w):g}亿元以上", cny(w, ">")), (f"{w}-{w * 2}万元", cny(w, "range", w * 2)), (f"不超过{w}万", cny(w, "<"))][i % 6]
        p2 = office.person()
        t2 = office.phone()
        cs = [{"name": p["who"], "phone": p["tel"]}]
        ct = f"{p['who']}{p['tel']}".translate(tr) if i % 3 == 0 else f"{p['who']}:{p['tel']}"
        if i % 4 == 1:
            ct = f"{p['who']}、{p2} {p['tel']}、{t2}"
            cs.append({"name": p2, "phone": t2})
        bz = office.chance.choice({"negotiating": ["在谈", "正在洽谈"], "signed": ["已签约"], "registered": ["已签约,公司已注册"], "construction": ["已开工"], "terminated": ["项目已终止"]}[st])
        s.row(i + 4, [i + 1, u, f"({i + 1}){p['name']}" if i % 2 else p["name"] + "  ", p["inv"], v, p["town"], ct, bz])
        s.rec(i + 4, project_name=p["name"], investor=p["inv"], planned_total_investment=g, stage=st, site=p["town"], task_force_or_unit=last, contacts=cs, ignore=["progress_text"])
    s.row(32, ["注:投资额以客商意向为准"])
    return written("摸排表utf.csv", [s])


def labelled_messages(chance: random.Random) -> Case:
    """WeChat text, labelled."""
    office = Office(chance)
    L = ["各位领导,现将10月份招商工作在谈项目情况汇报如下(2023年10月20日):", ""]
    s = Sheet("")
    for i, p in enumerate(office.take(18)):
        r = len(L) + 1
        w = p["wan"]
        v, g = [(f"{yi(w):g}亿元", cny(w)), (f"约{w}万元", cny(w, "~")), (f"{w // 100 * 10 or 10}万美元", cur(w // 100 * 10 or 10, "USD"))][i % 3]
        k = i % 5
        st = ["negotiating", "negotiating", "signed", "negotiating", "terminated"][k]
        pg = PROG[st][i % 2]
        L += [f"{i + 1}、{p['name']}", f"投资方:{p['inv']}", f"总投资:{v},用地:{p['land']}亩,年税收约{w // 12}万元", f"选址:{p['town']}", f"进展:{pg}", f"联系人:{p['who']} {p['tel']}", ""]
        s.rec(r, last=r + 5, project_name=p["name"], investor=p["inv"], planned_total_investment=g, land_mu=p["land"], site=p["town"], stage=st, progress_text=pg, contacts=[{"name": p["who"], "phone": p["tel"]}])
    L.append("以上,请审阅。")
    return written("微信汇报gb.txt", [s], L)


def numbered_messages(chance: random.Random) -> Case:
    """WeChat text, prose with numbered paragraphs."""
    office = Office(chance)
    L = ["【县招商一组】11月项目进展", "", "一、在谈项目"]
    s = Sheet("")
    ps = office.take(20)
    for i, p in enumerate(ps):
        if i == 11:
            L += ["", "二、签约项目"]
        r = len(L) + 1
        w = p["wan"]
        st = "negotiating" if i < 11 else "signed"
        v, g = [(f"{yi(w):g}亿元", cny(w)), (f"约{yi(w):g}亿元", cny(w, "~")), (f"{w}万元", cny(w))][i % 3]
        if i >= 11 and i % 3 == 0:
            st = "construction"
        pg = {"negotiating": "目前正在洽谈租赁厂房事宜", "signed": "目前正在筹备公司注册", "construction": "目前已开工建设"}[st]
        L.append(f"{i + 1 if i < 11 else i - 10}.{p['name']}:由{p['inv']}投资建设,计划总投资{v},其中设备投资{w // 3}万元,拟选址{p['town']},用地{p['land']}亩,达产后年产值{yi(w * 2):g}亿元。{pg}。联系人:{p['who']},电话{p['tel']}。")
        s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=g, site=p["town"], land_mu=p["land"], stage=st, contacts=[{"name": p["who"], "phone": p["tel"]}], ignore=["progress_text"])
    return written("招商一组utf.txt", [s], L)


def projects_in_columns(chance: random.Random) -> Case:
    """Transposed: projects are columns."""
    office = Office(chance)
    sh = []
    for nm, st, k in (("签约", "signed", 8), ("在谈", "negotiating", 8)):
        s = Sheet(nm)
        s.c[1, 1] = f"{nm}项目对照表"
        s.c[2, 6] = "金额单位:万元"
        for i, h in enumerate(["序号", "项目名称", "投资方", "总投资", "固定资产投资", "到位资金", "所属行业", "落户地点", "用地(亩)", "用工(人)", "牵头单位", "联系人", "联系电话", "目前进展"]):
            s.c[3 + i, 1] = h
        for i, p in enumerate(office.take(k)):
            pg = PROG[st][i % 2]
            fx = p["wan"] * 6 // 1000 * 100 or 100
            c = i + 2
            fu = office.chance.choice([None, 800, 1500]) if st == "signed" else None
            for j, v in enumerate([i + 1, p["name"], p["inv"], p["wan"], fx, fu, p["ind"], p["town"], p["land"], p["jobs"], p["unit"], p["who"], p["tel"], pg]):
                if v is not None:
                    s.c[3 + j, c] = v
            s.rec(
                3,
                last=16,
                col=c,
                project_name=p["name"],
                investor=p["inv"],
                planned_total_investment=cny(p["wan"]),
                fixed_asset_investment=cny(fx),
                funds_in_place=cny(fu) if fu else None,
                industry=p["ind"],
                site=p["town"],
                land_mu=p["land"],
                jobs=p["jobs"],
                task_force_or_unit=p["unit"],
                contacts=[{"name": p["who"], "phone": p["tel"]}],
                progress_text=pg,
                stage=st,
            )
        sh.append(s)
    return written("对照表.xlsx", sh)


def forms_below_each_other(chance: random.Random) -> Case:
    """Card forms one below the other."""
    office = Office(chance)
    s = Sheet("信息卡")
    r = 1
    for i, p in enumerate(office.take(15)):
        st = ["negotiating", "signed", "construction"][i % 3]
        pg = PROG[st][i % 2]
        w = p["wan"]
        s.merge(r, 1, r, 6, f"招商引资项目信息卡({i + 1})")
        v, g = [(f"{yi(w):g}亿元", cny(w)), (f"{w}万元", cny(w))][i % 2]
        m = office.chance.randrange(1, 10)
        s.row(r + 1, ["项目名称", p["name"], "", "投资方", p["inv"]])
        s.m += [(r + 1, 2, r + 1, 3), (r + 1, 5, r + 1, 6)]
        s.row(r + 2, ["总投资", v, "注册资本", f"{w // 5}万元", "所属产业", p["ind"]])
        s.row(r + 3, ["拟选址", p["town"], "拟用地", f"{p['land']}亩", "预计就业", f"{p['jobs']}人"])
        s.row(r + 4, ["项目阶段", STW[st][0], "签约时间", f"2023年{m}月" if st != "negotiating" else "", "招引单位", p["unit"]])
        s.row(r + 5, ["联系人", p["who"], "联系电话", p["tel"], "更新日期", "2023.11.1"])
        s.merge(r + 6, 2, r + 6, 6, pg)
        s.c[r + 6, 1] = "项目进展"
        s.rec(
            r,
            last=r + 6,
            project_name=p["name"],
            investor=p["inv"],
            planned_total_investment=g,
            industry=p["ind"],
            site=p["town"],
            land_mu=p["land"],
            jobs=p["jobs"],
            stage=st,
            signed_on=f"2023-{m:02d}" if st != "negotiating" else None,
            task_force_or_unit=p["unit"],
            contacts=[{"name": p["who"], "phone": p["tel"]}],
            progress_text=pg,
        )
        r += 8
    return written("信息卡.xlsx", [s])


def days_of_every_habit(chance: random.Random) -> Case:
    """Date forms, merged contacts, blanks meaning as above, displayed numbers."""
    office = Office(chance)
    s = Sheet("2023")
    s.merge(1, 1, 1, 10, "2023年签约项目落地情况表")
    s.row(2, ["制表单位:县投资促进中心(截至2023年10月31日)"])
    s.row(3, ["责任单位", "序号", "项目名称", "投资企业", "总投资(亿元)", "签约日期", "开工日期", "目前状况", "联系人", "联系电话"])
    ps = office.take(36)
    u = who = tel = None
    for i, p in enumerate(ps):
        r = 4 + i
        m, d = office.chance.randrange(1, 10), office.chance.randrange(1, 28)
        y = 2023
        f = i % 9
        v, g = [
            (f"2023.{m:02d}", f"2023-{m:02d}"),
            (f"23年{m}月", f"2023-{m:02d}"),
            (f"{m}.{d}", f"2023-{m:02d}-{d:02d}"),
            (f"2023-{m}", f"2023-{m:02d}"),
            ("2023年一季度", "2023-Q1"),
            (("n", datetime.date(y, m, d), "yyyy/m/d"), f"2023-{m:02d}-{d:02d}"),
            (("n", 2023.1, "0.00"), "2023-10"),
            (f"{m}月{d}日", f"2023-{m:02d}-{d:02d}"),
            (("n", datetime.date(y, m, d), 'm"月"d"日"'), f"2023-{m:02d}-{d:02d}"),
        ][f]
        st = ["signed", "registered", "construction", "signed"][i % 4]
        pg = PROG[st][i // 4 % 2]
        new = i % 5 == 0
        u = UNIT[i // 5] if new else u
        pair = i % 6 in (0, 1)
        if not (pair and i % 6 == 1):
            who, tel = p["who"], p["tel"]
        s.row(r, [u if new else None, i + 1, p["name"], p["inv"], ("n", yi(p["wan"]), "0.00"), v, "2023.11" if st == "construction" else "待定", pg, who if not (pair and i % 6 == 1) else None, tel if not (pair and i % 6 == 1) else None])
        if pair and i % 6 == 0:
            s.m += [(r, 9, r + 1, 9), (r, 10, r + 1, 10)]
        s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=cny(round(yi(p["wan"]) + 1e-9, 2) * 10000), signed_on=g, stage=st, task_force_or_unit=u, progress_text=pg, contacts=[{"name": who, "phone": tel}])
    s.row(r + 1, ["", "", "总计", "", ("f", f"=SUM(E4:E{r})", 99.9)])
    s.row(r + 3, ["分管领导签字:", "", "", "", "单位(盖章)"])
    return written("签约落地.xlsx", [s])


def year_groups(chance: random.Random) -> Case:
    """Three-level heads with year groups."""
    office = Office(chance)
    s = Sheet("Sheet1")
    s.merge(1, 1, 1, 15, "续建及新建招商项目资金到位情况")
    s.merge(2, 1, 2, 15, "单位:亿元")
    for c, h in ((1, "序号"), (2, "项目名称"), (3, "投资方"), (4, "项目类别"), (12, "所在园区"), (13, "责任单位")):
        s.merge(3, c, 5, c, h)
    s.merge(3, 5, 3, 7, "投资")
    s.merge(4, 5, 5, 5, "总投资")
    s.merge(4, 6, 4, 7, "其中")
    s.row(5, ["固定资产", "设备"], 6)
    s.merge(3, 8, 3, 11, "到位资金")
    s.merge(4, 8, 5, 8, "2022年")
    s.merge(4, 9, 4, 10, "2023年")
    s.row(5, ["上半年", "三季度"], 9)
    s.merge(4, 11, 5, 11, "累计")
    s.merge(3, 14, 3, 15, "企业联系人")
    s.merge(4, 14, 5, 14, "姓名")
    s.merge(4, 15, 5, 15, "手机")
    r = 6
    for sec, st in (("(一)续建项目", "construction"), ("(二)新签约项目", "signed")):
        s.merge(r, 1, r, 15, sec)
        r += 1
        for i, p in enumerate(office.take(15)):
            w = p["wan"]
            fx = w * 7 // 1000 * 100 or 100
            a, b, c = [office.chance.choice([0.05, 0.1, 0.2, 0.35]) for _ in range(3)]
            a = a if st == "construction" else None
            t = round((a or 0) + b + c, 2)
            z = office.chance.choice(["高新园", "临港园"])
            s.row(r, [i + 1, p["name"], p["inv"], "内资", yi(w), yi(fx), yi(fx // 200 * 100) or None, a, b, c, ("f", f"=SUM(H{r}:J{r})", t), z, p["unit"], p["who"], ("n", int(p["tel"]), "0")])
            s.rec(
                r,
                project_name=p["name"],
                investor=p["inv"],
                planned_total_investment=cny(w),
                fixed_asset_investment=cny(fx),
                funds_in_place=cny(round(t * 10000)),
                stage=st if st == "signed" else None,
                site=z,
                task_force_or_unit=p["unit"],
                contacts=[{"name": p["who"], "phone": p["tel"]}],
                **({"ignore": ["stage"]} if st != "signed" else {}),
            )
            r += 1
    s.row(r, ["总计", "30个"])
    return written("资金到位.xlsx", [s])


def two_tables_and_a_note(chance: random.Random) -> Case:
    """Legend first, two tables on a sheet with a note between, hidden column and rows, old hidden sheet."""
    office = Office(chance)
    s = Sheet("台账")
    s.row(1, ["填表说明"])
    s.row(2, ["1.总投资请填万元,保留整数;"])
    s.row(3, ["2.项目进度:红色为滞后,黄色为序时,绿色为超前;"])
    s.row(4, ["3.示例:某某公司投资5000万元,建设某某项目。"])
    r = 6
    for _ti, (title, st, k) in enumerate((("表一 已开工项目", "construction", 14), ("表二 拟签约项目", "negotiating", 13))):
        s.merge(r, 1, r, 10, title)
        s.row(r + 1, ["序号", "投资方", "项目名称及主要建设内容", "总投资(万元)", "完成率", "产业类别", "固投(万元)", "经办人", "电话", "进展情况"])
        r += 2
        for i, p in enumerate(office.take(k)):
            pg = PROG[st][i % 2]
            fx = p["wan"] * 7 // 1000 * 100 or 100
            s.row(r, [i + 1, p["inv"], p["name"], ("n", p["wan"], "#,##0"), ("n", office.chance.random(), "0%"), p["ind"], fx, p["who"], p["tel"][:3] + "-" + p["tel"][3:7] + "-" + p["tel"][7:], pg])
            hid = i == 5
            if hid:
                s.hr.add(r)
            s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=cny(p["wan"]), fixed_asset_investment=cny(fx), stage=st, industry=p["ind"], contacts=[{"name": p["who"], "phone": p["tel"]}], progress_text=pg, hidden=True if hid else None)
            r += 1
        s.row(r, ["合计", "", "", 0])
        r += 1
        s.c[r, 1] = "备注:以上项目不含房地产及商贸类项目。"
        r += 2
    s.hc |= {7, 9}
    s.row(r, ["单位负责人:王某", "", "", "填报人:李某", "", "", "", "填报时间:2023年9月5日"])
    o = Sheet("旧表")
    o.hid = True
    o.row(1, ["序号", "投资方", "项目名称", "总投资(万元)"])
    o.row(2, [1, "某旧公司", "旧项目", 999])
    return written("台账.xlsx", [s, o])


def told_in_words(chance: random.Random) -> Case:
    """All in one text column: name, investor and sizes in words."""
    office = Office(chance)
    s = Sheet("明细")
    s.merge(1, 1, 1, 6, "县级领导领衔招商项目清单")
    s.row(2, ["序号", "领衔领导", "项目名称", "项目概况", "进展情况及存在问题", "服务单位"])
    pairs = office.take(26)
    for i, p in enumerate(pairs):
        w = p["wan"]
        fx = w * 6 // 1000 * 100 or 100
        st = ["lead", "negotiating", "signed", "registered", "construction", "production", "terminated"][i % 7]
        pg = PROG[st][i % 2]
        v = f"{yi(w):g}亿元" if w > 9999 else f"{w}万元"
        nm = [p["name"], f"({i + 1}){p['name']}", f"{i + 1}、{p['name']}"][i % 3]
        s.row(3 + i, [i + 1, office.person(), nm, f"由{p['inv']}投资建设,计划总投资{v},其中固定资产投资{fx}万元,规划用地{p['land']}亩,建筑面积{p['land'] * 500}平方米,投产后年产值可达{yi(w * 3):g}亿元、税收{w // 9}万元,带动就业{p['jobs']}人。", pg, p["unit"]])
        s.rec(3 + i, project_name=p["name"], investor=p["inv"], planned_total_investment=cny(w), fixed_asset_investment=cny(fx), land_mu=p["land"], jobs=p["jobs"], stage=st, progress_text=pg, task_force_or_unit=p["unit"])
    return written("领衔清单.xlsx", [s])


def areas_and_amounts_mixed(chance: random.Random) -> Case:
    """One amount column with several units, one project on two rows, areas, dated progress columns."""
    office = Office(chance)
    s = Sheet("统计")
    s.merge(1, 1, 1, 12, "产业链招商项目调度表(2023年)")
    s.row(2, ["产业链", "序号", "企业名称", "项目名称", "投资额(万元)", "到资(万元)", "面积", "就业人数", "8月进展", "9月进展", "项目对接人", "手机号"])
    r = 3
    n = 0
    for ch in ("新能源产业链", "食品产业链", "电子产业链"):
        a = r
        for _i, p in enumerate(office.take(11)):
            n += 1
            w = p["wan"]
            v, g = [(w, cny(w)), (f"{w:,}", cny(w)), (f"{yi(w):g}亿", cny(w)), (f"{w}万元", cny(w)), (f"{w} ", cny(w)), (f"{w // 1000 * 100 + 100}万美元", cur(w // 1000 * 100 + 100, "USD")), (f"{w * 10000:,}元", cny(w))][n % 7]
            ar, mu = [(f"{p['land']}亩", p["land"]), (f"{p['land'] // 15 + 1}公顷", (p["land"] // 15 + 1) * 15), (f"租赁厂房{p['land'] * 10}平方米", None), ("", None)][n % 4]
            st = ["signed", "registered", "construction"][n % 3]
            g8, g9 = "已签约", PROG[st][n % 2] if n % 5 else ""
            fu = office.chance.choice([0, 500, 1200]) or None
            s.row(r, [None, n, p["inv"], p["name"], v, fu, ar, f"{p['jobs']}人", g8, g9, p["who"], p["tel"]])
            s.rec(r, project_name=p["name"], investor=p["inv"], planned_total_investment=g, funds_in_place=cny(fu) if fu else None, land_mu=mu, jobs=p["jobs"], stage=st if g9 else "signed", progress_text=g9 or g8, industry=ch, contacts=[{"name": p["who"], "phone": p["tel"]}], alt={"industry": [ch[:-3], ch[:-1]]})
            r += 1
        s.merge(a, 1, r - 1, 1, ch)
        s.row(r, ["", "", f"{ch}小计", "", 12345])
        r += 1
    return written("调度表.xlsx", [s])


OUTSIDER = (
    towns_with_sums_above,
    months_and_a_sheet_that_goes_on,
    blocks_of_other_units,
    progressive_ticks,
    foreign_page,
    export_of_decoys,
    ditto_marks,
    labelled_messages,
    numbered_messages,
    projects_in_columns,
    forms_below_each_other,
    days_of_every_habit,
    year_groups,
    two_tables_and_a_note,
    told_in_words,
    areas_and_amounts_mixed,
)
