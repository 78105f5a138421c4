"""Heads as ledgers word them, by what they mean: the examples that the scored model of column meaning learns from."""

from zhaoyin.engines.sheet_reading.problem import Field

EXAMPLES: dict[Field, str] = {
    Field.PROJECT_NAME: """项目名称 项目 名称 项目全称 项目名 拟建项目名称 备案项目名称 招商项目名称 签约项目名称 项目名称及内容 项目名称（全称） 在谈项目 签约项目 重点项目名称 项目标题
        项目简称 意向项目 引进项目 引进项目名称 合作项目 合作项目名称 企业（项目）名称 项目（企业）名称 企业项目名称 项目名称（投资方） 外资项目名称 工程名称 投资项目 投资项目名称 申报项目名称 储备项目名称
        项目/project""",
    Field.INVESTOR: """投资方 投资方名称 投资主体 投资单位 投资企业 投资企业名称 投资商 投资人 客商 客商名称 投资客商 企业名称 公司名称 企业 外方投资者 投资者 投资者名称 投资方（企业） 项目单位
        项目业主 业主单位 业主 建设单位 实施主体 项目实施单位 实施单位 承办单位 项目公司 合作方 合作单位 合作企业 意向企业 来源企业 落户企业 投资公司 母公司 总部企业 引进企业 引进企业名称 申报企业 客户名称
        签约企业 签约单位 签约方 乙方 外方企业 投资方全称 投资方及简介 项目投资方 企业全称 单位名称 投资机构 出资方 拟投资企业 项目主体 资方 中方投资者 投资法人 项目法人 法人单位 投资方/investor
        客商信息 投资方信息""",
    Field.PLANNED_TOTAL: """总投入 计划投入 投入总额 投入资金 总投入资金 投资总规模 项目投入 资金规模 总资金 计划总投入 投资总量 总投资 总投资额 计划总投资 计划总投资额 投资总额 投资额 投资规模 协议投资额 协议总投资 合同总投资 合同投资额 合同额 合同金额 协议金额 预计投资 预计投资额 拟投资额
        项目总投资 项目投资 计划投资 计划投资额 投资金额 意向投资额 签约金额 签约额 概算总投资 估算总投资 预计总投资 拟总投资 投资概算 备案总投资 投资总规模 总投资规模 总额 总投 计划总投 投资额度 投资量
        体量 投资体量 项目投资额 协议投资总额 约定投资额 投资强度总额 合同外资 协议外资 总投资/total 投资情况总投资 投资规模总投资 投资额合计 金额 投资""",
    Field.FIXED_ASSET: """固定资产投资 固定资产投资额 其中固定资产投资 固投 固投额 其中固投 固定投资 固定资产 固定资产总额 计划固定资产投资 计划固投 固定资产投入 其中：固定资产 固资投资 固资
        固定资产 投资情况固定资产投资 预计固定资产投资 固定资产投资总额 固投/fixed""",
    Field.FUNDS_IN_PLACE: """到位资金 累计到位资金 到位资金累计 实际到位资金 资金到位 资金到位额 已到位资金 实际到位 累计到位 到账资金 到资 实到资金 实际投资 已完成投资 累计完成投资 完成投资
        累计投资 实际完成投资 到位额 到位金额 资金到位情况 累计实际到位资金 截至目前到位资金 累计到资 到位内资 实际利用外资 实到外资 开工以来累计完成投资 自开工累计完成投资 截至上月累计到位 实际到位投资 已投资额
        已投资金 已投入资金 已投资 投资完成额""",
    Field.STAGE: """状态分类 阶段分类 项目分类（在谈/签约） 项目状态 状态 阶段 当前阶段 项目阶段 所处阶段 目前阶段 进展阶段 推进阶段 目前状态 现阶段 项目进度阶段 推进状态 进度阶段 项目所处阶段 跟踪阶段 洽谈阶段 状态（在谈/签约）
        类别（在谈/签约/开工） 项目类型（在谈/签约） 质态 项目质态 当前状态 推进状况 协议状态 进展程度 项目进程 节点 当前节点 阶段/stage 进度 目前进度""",
    Field.SIGNED_ON: """签约时间 签约日期 实际签约时间 签订时间 签订日期 合同签订时间 协议签订时间 合同签订日期 签约年月 正式签约时间 签署时间 签署日期 协议签署时间 签约月份 签约情况时间 协议时间
        合同时间 签约 签约时点 正式合同签订日期 实际签约日期 签约日/signed""",
    Field.PLANNED_SIGNING: """计划签约时间 预计签约时间 拟签约时间 计划签约日期 预计签约日期 拟签约日期 预计签约 计划签约 目标签约时间 签约计划时间 力争签约时间""",
    Field.INDUSTRY: """所属产业 产业 行业 产业类别 所属行业 产业类型 行业类别 行业分类 产业领域 所属领域 领域 产业方向 产业链 所属产业链 行业领域 产业分类 主导产业 产业门类 行业门类 所属板块
        板块 项目类别 项目类型 类别 行业类型 产业归属 赛道 产业赛道 四大产业 重点产业 重点产业链 产业/industry 归属产业 行业分类及代码""",
    Field.UNIT: """责任单位 招引单位 招商专班 专班 牵头单位 招商单位 承接单位 落地单位 引进单位 责任部门 牵头部门 包保单位 包联单位 服务单位 属地 属地单位 镇街 所属镇街 乡镇 所在镇街 责任镇街
        所属专班 负责专班 牵头专班 推进专班 工作专班 专班名称 推进单位 跟踪单位 跟进单位 对接单位 首谈单位 填报单位 主责单位 归口单位 归口部门 招商部门 主管部门 报送单位 责任主体 承办部门 招引主体 招商主体
        招商小组 招商分局 推荐单位 引荐单位 招商组 责任科室 招商科室 所属园区单位 所属市区 帮办单位 包抓单位 包挂单位 挂点单位 联系单位 服务专班 分管部门 专班/task""",
    Field.CONTACTS: """客商姓名 客商联系人 企业人员 对方人员 企业方人员 联系人 联系人及电话 联系方式 联系人及联系方式 企业联系人 项目联系人 联络人 联系人/联系电话 联系人、电话 投资方联系人 客商联系人 企业负责人及电话 项目负责人及电话
        企业联系人及电话   对接人 企业对接人 企业方联系人 联系人姓名 联系人（职务） 负责人及联系方式 联系人员 联络员 联络员及电话 联系人信息 企业联络人 企业负责人 对方联系人 联系人和电话
        人员及电话""",
    Field.PHONE: """客商电话 客商联系方式 负责人电话 企业电话 联系电话 电话 手机 手机号 手机号码 电话号码 联系人电话 联系手机 企业联系电话 座机 办公电话 固定电话 联系号码 移动电话 联系电话（手机） 电话/phone 号码""",
    Field.SITE: """拟用地块 用地地块 意向地块 项目所在地 建设所在地 项目地 落地地址 项目选址 选址 拟选址 项目选址位置 建设地点 建设地址 落户地点 落户地 拟落户地点 选址位置 项目地址 落地位置 落地地点 拟落地 拟落地区域 所在园区 落户园区 落地园区 拟落户园区
        落户乡镇 落户镇街 拟落户乡镇 落地乡镇 落地镇街 选址乡镇 拟选址乡镇 承载园区 意向选址 选址地块 拟选址地块 地块 落位 落位情况 项目落位 地点 位置 建设位置 用地位置 选址意向 选址情况 园区 所属园区 拟选地块 项目地点 实施地点 载体 拟入驻载体 入驻园区 项目建设地点
        具体位置 选址/site""",
    Field.PROGRESS: """进展说明 最近联系情况 联系情况 近期动态 跟踪情况说明 进展情况 项目进展 目前进展 最新进展 进展 具体进展 工作进展 项目进展情况 目前进展情况 最新进展情况 推进情况 洽谈进展 洽谈情况 当前进展 对接情况 跟进情况 工作进展情况
        项目推进情况 形象进度 工程进度 建设进度 进度情况 本周进展 本月进展 目前情况 项目现状 最新动态 动态 现状 当前推进情况 对接进展 跟踪情况 最新进度 建设进展情况 项目进度 推进进展 目前状况 本周工作进展
        上周进展 洽谈推进情况 项目动态 进展/progress 开展情况 跟进记录 近期进展 推进现状""",
    Field.JOBS: """用工 用工人数 预计用工 就业人数 带动就业 新增就业 预计带动就业 用工需求 就业岗位 吸纳就业 吸纳就业人数 拟用工 员工人数 用工数 就业 拟新增就业 提供就业岗位 用工规模 劳动力需求
        岗位数 从业人员 新增岗位 定员""",
    Field.LAND: """用地面积 拟用地面积 用地 占地面积 拟用地 用地需求 计划用地 项目用地 占地 土地面积 需用地 申请用地 供地面积 用地规模 新增用地 土地需求 需求用地 建设用地 拟征地 拟供地面积
        用地亩数 用地指标 规划用地 用地（亩） (mu) 拟占地面积 折算用地""",
    Field.OTHER_AREA: """建筑面积 租赁面积 租赁厂房面积 拟租厂房面积 拟购厂房面积 厂房面积 总建筑面积 租用面积 办公面积 标准厂房面积 租赁厂房 厂房需求 购置厂房面积 使用面积 拟租面积 建设面积
        载体面积 需租赁厂房面积 厂房类型""",
    Field.SERIAL: """序号 编号 No. No 序 号 项目序号 # 行号 顺序""",
    Field.CODE: """项目编号 备案号 项目代码 备案项目代码 备案代码 项目编码 统计编码 文号 批准文号 批准部门及文号 赋码 入库编号 台账编号 备案证号 行业代码""",
    Field.CREDIT_CODE: """统一社会信用代码 信用代码 社会信用代码 组织机构代码 营业执照号 税号""",
    Field.MONEY_UNIT: """单位 金额单位 计量单位 货币单位 投资单位（亿元/万元） 单位（万元/亿元） 投资额单位""",
    Field.CURRENCY: """币种 货币 币别 货币种类 投资币种""",
    Field.LEADER: """招商洽谈人 项目推荐人 推荐人姓名 洽谈人 招商人员 招商负责人 对接领导 跟进人 跟踪人 招引人 首谈人 责任领导 包联领导 包保领导 分管领导 牵头领导 挂点领导 联系领导 挂包领导 县级领导 市级领导 区领导 市领导 包抓领导 包挂领导 责任人 包联责任人 专班责任人 工作责任人 首席服务官
        项目专员 帮办员 链长 包保责任人 招商责任人 服务专员 项目管家 牵头责任人 填表人 审核人 经办人 县领导 责任县领导 具体责任人 直接责任人 包靠领导""",
    Field.CONVERTED: """折合人民币 折人民币 折算人民币 折合亿元 人民币折算 折合 折美元 折合美元 等值人民币 投资规模折合人民币 折算金额 折合总投资""",
    Field.OTHER_MONEY: """其中外资 外资额 外资 其中外资额 内资 境外投资 自有资金 自筹资金 银行贷款 贷款 资本金 项目资本金 股本金 其中土建 其中设备 设备及技术投资 技术投入 外方出资额 中方出资额 出资额 注册外资 注册资本 注册资金 设备投资 设备投资额 流动资金 年产值 预计年产值 预计产值 年销售收入 预计年销售 预计销售收入 年税收 预计年税收 预计税收 亩均税收 亩均投资 投资强度
        计划投资强度 达产后年产值 年营业收入 主营收入 产值 税收 利润 年利税 融资需求 贷款需求 上年度纳税额 认缴资金 实缴资金 认缴资本 实缴资本 纳税额 一期投资 二期投资 首期投资 年度计划投资 本年度计划投资
        今年计划投资 本年计划完成投资 本月到位资金 本月完成投资 当月完成投资 本年到位资金 当年到位资金 年内到位资金 今年到位资金 本年完成投资 今年完成投资 当年完成投资 本周到位资金 技改投资 土地价款 土地款
        土地出让金 补贴资金 奖补资金 工资 增加值 年纳税 营收 营业额 产出 效益 亩均产值 经济效益 预期效益 其中设备投资 设备购置 设备费 土建投资 建安投资 外资占比额 研发投入 建设投资 融资额 股权投资
        基金投资 引导基金 到位资金本月 固投完成 当年固投 预计纳税 税收预测 达产税收 亩产税收 县外资金 省外资金 市外资金 上年产值 资产总额 总资产 净资产 企业营收 履约保证金 保证金""",
    Field.OTHER_NUMBER: """资金到位率 到位率 完成率 进度比例 固定投资比 容积率 能耗 预计年耗能 年排污 耗电量 用水量 用电 产能 完成比例 占比 增长率 增幅 折扣 得分 分值 评分 次数 家数
        项目数 数量 比例 权重 外资比例 持股比例 排名 项目个数 企业数 建设周期 建设工期 产业关联度 年耗能 用气 用汽 蒸汽""",
    Field.OTHER_DATE: """备案日期 备案时间 注册时间 注册日期 公司注册时间 开工时间 开工日期 计划开工时间 预计开工时间 拟开工时间 开工确认时间 实际开工时间 竣工时间 计划竣工时间 竣工确认时间
        投产时间 计划投产时间 预计投产时间 实际投产时间 更新时间 填报时间 填报日期 批准日期 最后跟进时间 首次洽谈时间 首谈时间 入库时间 登记时间 来访时间 考察时间 对接时间 洽谈时间 建设起止年限 建设年限
        起止时间 成立时间 成立日期 供地时间 摘牌时间 交地时间 达产时间 竣工日期 录入时间 上报时间 开始时间 结束时间 时间节点 完成时限 完成时间 立项时间 拿地时间 入统时间 谋划时间 接洽时间 日期 时间""",
    Field.DESCRIPTION: """产品名称 生产内容 投资意向 合作意向 意向内容 项目简介 建设内容 主要建设内容 主要内容 项目内容 建设内容及规模 建设规模及内容 项目概况 项目基本情况 项目介绍 建设规模 主要产品 产品 主要产品、产能及主要建设内容
        投资方简介 企业简介 项目描述 项目建设内容 基本情况 项目情况 主要建设内容及规模 合作内容 投资内容 简介 概况 企业概况 主营业务 主营产品 经营范围 主要产品及产能 建设规模和内容 企业介绍 投资方概况
        生产规模 规模及内容 工艺 主导产品 建设性质 产品方案""",
    Field.REMARKS: """备注 说明 其他 补充说明 填表说明 备 注 其它 其他说明 注 情况说明""",
    Field.OTHER_TEXT: """产业链链主 链主企业 签约形式 合作模式 法人代表 法定代表人 法人 企业法人 存在问题 存在的问题 困难问题 问题 需协调事项 需协调解决的问题 需政府协调支持事项 下步打算 下一步打算 下步计划 下一步计划 下步工作 下一步工作 下一步工作计划 工作计划
        推进措施 解决措施 意见建议 需要支持 项目来源 来源 信息来源 渠道 签约类型 协议类型 合同类型 项目属性 属性 项目性质 企业性质 是否外资 是否列统 高新技术企业 上市企业 规上企业 世界500强 500强
        准入限制 两高项目 评估评审结果 佐证材料 开工佐证材料 竣工佐证材料 归属地 投资方所在地 企业所在地 注册地 来源地 客商来源 国别 国别地区 投资来源地 省市 资金来源 外资来源地 投资方地址 总部所在地
        办公地址 引荐人 介绍人 推荐人 姓名 职务 职位 性别 民族 微信 邮箱 传真 网址 合作方式 投资方式 用地方式 供地方式 用地类型 用地性质 审批意见 规划意见 环保意见 属地意见 土地意见 会议纪要 政策诉求
        企业诉求 诉求 企业需求 需求 预期目标 工作目标 目标 风险 跟踪记录 走访情况 问题及建议 难点 堵点 存在困难 困难 需解决问题 拟解决措施 责任清单 工作安排 近期打算 下周计划 下周工作计划 下月计划
        本周计划 建设性质 新建/扩建 密级 排序 考核 是否达标 认定情况 准入评审""",
}  # fmt: skip
"""space; too, mind."""

ENGLISH: dict[Field, str] = {
    Field.PROJECT_NAME: "project, project name, name of project, project title, title",
    Field.INVESTOR: "investor, investor name, company, company name, enterprise, investing company, investment entity, client, investing party",
    Field.PLANNED_TOTAL: "total investment, planned total investment, planned investment, investment amount, investment, total, amount, total planned investment, contract amount, agreed investment, capex, total capex",
    Field.FIXED_ASSET: "fixed asset investment, fixed assets, fixed-asset investment, fixed investment, fai, of which fixed assets",
    Field.FUNDS_IN_PLACE: "funds in place, funds arrived, paid-in funds, cumulative funds in place, funds received, actual investment to date, disbursed",
    Field.STAGE: "stage, status, current stage, project status, phase, current status, project stage",
    Field.SIGNED_ON: "signed, signed on, signing date, date signed, sign date, contract date, date of signing, signature date, actual signing date",
    Field.PLANNED_SIGNING: "planned signing, planned signing date, expected signing date, target signing date",
    Field.INDUSTRY: "industry, sector, industrial sector, field, key industry",
    Field.UNIT: "responsible unit, task force, lead department, department, unit in charge, responsible department, lead unit, team",
    Field.CONTACTS: "contact, contacts, contact person, contact name, contact details, contact info, person in charge, contact & phone, contact and phone",
    Field.PHONE: "phone, tel, telephone, mobile, phone number, mobile number, contact number",
    Field.SITE: "site, location, park, site address, address, proposed site, project site",
    Field.PROGRESS: "progress, latest progress, current progress, update, latest update, progress update, status update, latest status",
    Field.JOBS: "jobs, employment, number of jobs, headcount, employees, new jobs, workers",
    Field.LAND: "land, land area, land use, land required, land needed, land demand",
    Field.OTHER_AREA: "floor area, leased area, plant area, building area",
    Field.SERIAL: "no, no., index, serial, item, s/n, #, number",
    Field.CODE: "code, id, project code, project id, filing code, project no",
    Field.CREDIT_CODE: "credit code, uscc, unified social credit code",
    Field.MONEY_UNIT: "unit, currency unit, amount unit",
    Field.CURRENCY: "currency, ccy",
    Field.LEADER: "leader, responsible leader, sponsor, official in charge, sponsoring leader",
    Field.CONVERTED: "rmb equivalent, equivalent in rmb, converted, cny equivalent, usd equivalent",
    Field.OTHER_MONEY: "registered capital, output, annual output, tax, annual tax, tax revenue, sales, annual sales, equipment investment, working capital, revenue, output value",
    Field.OTHER_NUMBER: "ratio, percentage, score, capacity, energy use, plot ratio, completion rate",
    Field.OTHER_DATE: "start date, construction start, completion date, update time, updated, date, planned start, production date, registered on, filing date, updated at",
    Field.DESCRIPTION: "description, scope, content, project description, products, main products, construction content, profile",
    Field.REMARKS: "remarks, note, notes, comments, remark",
    Field.OTHER_TEXT: "next steps, problems, issues, source, country, origin, nationality, next step, needs, risks",
}
"""Heads of bilingual and English ledgers, separated by commas."""

SINGLE: frozenset[Field] = frozenset(
    {
        Field.PROJECT_NAME, Field.INVESTOR, Field.PLANNED_TOTAL, Field.FIXED_ASSET, Field.FUNDS_IN_PLACE, Field.STAGE,
        Field.SIGNED_ON, Field.INDUSTRY, Field.SITE, Field.JOBS, Field.LAND, Field.MONEY_UNIT, Field.CURRENCY,
    }
)  # fmt: skip
"""Fields that at most one column has, unless heads show dates or parts."""
