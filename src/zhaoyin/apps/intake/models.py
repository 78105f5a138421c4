"""What the reading engine proposed from a document, and what people decided about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.sources.models import Document
from zhaoyin.apps.zones.models import ZoneOwned


class DocumentReading(ZoneOwned):
    """One reading of a document: where boilerplate and facts stand. Spans point into the document's text.

    `title` is a copy of its first words and is cleared with it.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="reading")
    published_on = models.DateField(_("发布日期"), null=True)
    read_at = models.DateTimeField(_("解析时间"))
    title = models.CharField(_("标题"), max_length=80, blank=True)
    engine = models.CharField(max_length=40)
    boilerplate = models.JSONField(default=list)
    marks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("解析")
        verbose_name_plural = _("解析")
        indexes = [models.Index(fields=["zone", "-read_at", "id"], name="intake_zone_read_at")]

    def __str__(self) -> str:
        return self.title or str(self.document)


class DraftKind(models.TextChoices):
    """What is proposed."""

    PROJECT = "project", _("项目线索")
    FIGURE = "figure", _("地区统计")


class DraftState(models.TextChoices):
    """What became of it."""

    PROPOSED = "proposed", _("待确认")
    ACCEPTED = "accepted", _("已采纳")
    REFUSED = "refused", _("已拒绝")


class Draft(ZoneOwned):
    """A proposed record. `content` holds values with their spans, `corrections` what the reviewer changed.

    Both are copies of words of the document and are cleared when the document is redacted.
    """

    reading = models.ForeignKey(DocumentReading, on_delete=models.PROTECT, related_name="drafts", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("类型"), max_length=10, choices=DraftKind)
    content = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=DraftState, default=DraftState.PROPOSED)
    corrections = models.JSONField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("待确认记录")
        verbose_name_plural = _("待确认记录")
        constraints = [models.UniqueConstraint(fields=["zone", "reading", "position"], name="intake_draft_once")]
        indexes = [
            models.Index(fields=["zone", "state", "id"], name="intake_zone_state"),
            models.Index(fields=["zone", "lead"], name="intake_draft_lead"),
            models.Index(fields=["zone", "project"], name="intake_draft_project"),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.position}"


class Archive(ZoneOwned):
    """A zip file of pages and notes that is read one by one: `results` tells of each member (its document, or why it was not read).

    Names of members are copies of words of the file and are cleared with it.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="archive")
    published_on = models.DateField(null=True)
    results = models.JSONField(default=list)

    class Meta:
        verbose_name = _("压缩包")
        verbose_name_plural = _("压缩包")
        indexes = [models.Index(fields=["zone", "document"], name="intake_archive_document")]

    def __str__(self) -> str:
        return str(self.document_id)


class ReadingModel(ZoneOwned):
    """What reading learned from the zone's own reviewers. `documents`: ids of the documents it was learned from: when one of them is
    redacted, the model goes too. `scores`: before and after, on documents that were held back."""

    made_at = models.DateTimeField(_("训练时间"))
    engine = models.CharField(max_length=40)
    content = models.BinaryField()
    documents = models.JSONField(default=list)
    scores = models.JSONField(default=dict)
    is_active = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("解析模型")
        verbose_name_plural = _("解析模型")
        constraints = [
            models.UniqueConstraint(fields=["zone"], condition=models.Q(is_active=True), name="intake_one_active_model")
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.made_at:%Y-%m-%d}"
