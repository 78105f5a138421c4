"""A batch of ledger files on its way into the project ledger: what was read, what people decided, what was written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.zones.models import ZoneOwned


class BatchState(models.TextChoices):
    """Where a batch stands."""

    READING = "reading", _("读取中")
    CHECKED = "checked", _("待导入")
    IMPORTING = "importing", _("导入中")
    IMPORTED = "imported", _("已导入")
    UNDOING = "undoing", _("撤销中")
    UNDONE = "undone", _("已撤销")


class ImportBatch(ZoneOwned):
    """Files that are looked at and imported together."""

    created_at = models.DateTimeField(_("提交时间"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    sender = models.CharField(_("报送单位"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=BatchState, default=BatchState.READING)
    task_force_id = models.UUIDField(null=True)
    """Where rows go that name no task force."""
    date_by_report = models.BooleanField(default=False)
    """A step without a date counts as taken on the ledger's own date; otherwise it stays undated and counts in no period."""
    contact_basis = models.CharField(max_length=16, blank=True)
    contacts_until = models.DateField(null=True)
    """On what basis and until when the contacts in the files are kept; without a basis none is taken over."""
    names = models.JSONField(default=dict)
    """What the sender's words for industries, task forces and units mean here: `industry:…` or `unit:…` → `industry`/`task_force`/`unit:id`."""
    counts = models.JSONField(default=dict)
    imported_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("导入批次")
        verbose_name_plural = _("导入批次")
        indexes = [models.Index(fields=["zone", "-created_at", "id"], name="imports_zone_created")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} {self.sender}"


class ImportFile(ZoneOwned):
    """One file of a batch. `tables`: what was understood (columns, checks, non-records); `choices`: what people changed.

    `reporting_on`: the ledger's own date, from its title or given. `problem`: why the file could not be read.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="files", db_index=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    file_name = models.CharField(_("文件"), max_length=200)
    tables = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    reporting_on = models.DateField(_("台账截止日期"), null=True)
    reporting_given = models.BooleanField(default=False)
    signature = models.CharField(max_length=64, blank=True)
    """Of the heads of its tables: which template it is."""
    problem = models.JSONField(null=True)
    earlier_id = models.UUIDField(null=True)
    """The same bytes were imported with this file before."""

    class Meta:
        verbose_name = _("导入文件")
        verbose_name_plural = _("导入文件")
        constraints = [models.UniqueConstraint(fields=["zone", "batch", "position"], name="imports_file_once")]
        indexes = [
            models.Index(fields=["zone", "document"], name="imports_file_document"),
            models.Index(fields=["zone", "signature"], name="imports_file_signature"),
        ]

    def __str__(self) -> str:
        return self.file_name


class RowState(models.TextChoices):
    """What a row of a ledger would do."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("变更")
    SAME = "same", _("相同")
    SUSPICIOUS = "suspicious", _("可疑")
    REFUSED = "refused", _("有误")


class ImportRow(ZoneOwned):
    """One project of a ledger. `content`: its values with their cells; `changes`: field → {from, to, ...};
    `questions`: what must be answered, each with its evidence; `answers`: what people said; `made`: what was written.

    `content`, `changes` and `questions` copy words of the document and are cleared when it is redacted.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows", db_index=False)
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField()
    title = models.CharField(_("项目名称"), max_length=200, blank=True)
    state = models.CharField(_("结果"), max_length=12, choices=RowState)
    content = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    project_id = models.UUIDField(null=True)
    """The project it is about: the one matched, or the one made."""
    made = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("导入行")
        verbose_name_plural = _("导入行")
        constraints = [models.UniqueConstraint(fields=["zone", "batch", "position"], name="imports_row_once")]
        indexes = [
            models.Index(fields=["zone", "batch", "state", "position"], name="imports_row_state"),
            models.Index(fields=["zone", "file", "position"], name="imports_row_file"),
            models.Index(fields=["zone", "project_id"], name="imports_row_project"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.sheet} {self.row}"


class TemplateMemory(ZoneOwned):
    """How a sender's template was understood last time: head signature → the choices people made for it."""

    sender = models.CharField(max_length=80, blank=True)
    signature = models.CharField(max_length=64)
    choices = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = _("模板记忆")
        verbose_name_plural = _("模板记忆")
        constraints = [models.UniqueConstraint(fields=["zone", "sender", "signature"], name="imports_template_once")]
        indexes = [models.Index(fields=["zone", "signature"], name="imports_template_signature")]

    def __str__(self) -> str:
        return self.signature[:12]
