"""Documents and files as received."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.zones.models import ZoneOwned


class DocumentKind(models.TextChoices):
    """How it came in."""

    PASTE = "paste", _("粘贴文本")
    PAGE = "page", _("网页")
    TEXT = "text", _("文本文件")
    NOTE = "note", _("手机随记")
    FILE = "file", _("文件")


class Document(ZoneOwned):
    """What was received and who received it. Its bytes and text stand apart, so that redaction can take them away;
    title, file name and address go to NULL with them.

    `sha256` is of the bytes as received; evidence names a document by id and this hash.
    """

    append_only = True
    redactable_to_null = ("title", "file_name", "source_url")

    kind = models.CharField(_("类型"), max_length=10, choices=DocumentKind)
    title = models.CharField(_("标题"), max_length=200, blank=True, null=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True, null=True)
    media_type = models.CharField(_("格式"), max_length=80, blank=True)
    source_url = models.CharField(_("来源网址"), max_length=500, blank=True, null=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    size_bytes = models.PositiveIntegerField(_("大小（字节）"))
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("收到时间"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("收件人"),
    )

    class Meta:
        verbose_name = _("文档")
        verbose_name_plural = _("文档")
        indexes = [
            models.Index(fields=["zone", "-received_at"], name="sources_zone_received"),
            models.Index(fields=["zone", "sha256"], name="sources_zone_sha256"),
        ]

    def __str__(self) -> str:
        return self.title or self.file_name or str(self.pk)


class DocumentContent(ZoneOwned):
    """The bytes as received and the text that spans point into; both NULL after redaction."""

    append_only = True
    redactable_to_null = ("content", "text")

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="body")
    content = models.BinaryField(null=True)
    text = models.TextField(null=True)

    class Meta:
        verbose_name = _("文档内容")
        verbose_name_plural = _("文档内容")
        indexes = [models.Index(fields=["zone", "document"], name="sources_content_document")]

    def __str__(self) -> str:
        return str(self.document_id)


class DocumentRedaction(ZoneOwned):
    """Who took a document's bytes away, when, and why (a code, no free text)."""

    append_only = True

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="redaction")
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("文档清除")
        verbose_name_plural = _("文档清除")
        indexes = [models.Index(fields=["zone", "-at"], name="sources_redaction_at")]

    def __str__(self) -> str:
        return str(self.document_id)
