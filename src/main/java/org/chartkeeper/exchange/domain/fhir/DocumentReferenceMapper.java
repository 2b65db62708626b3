package org.chartkeeper.exchange.domain.fhir;

import java.util.List;
import java.util.Objects;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** DocumentReference: a text becomes a note, any other file a document; one without content here is kept whole. */
final class DocumentReferenceMapper implements EntryMapper {

    private static final List<String> DOCUMENT = List.of("DocumentReference");

    /** Puts a file into the content store. */
    interface Files {

        /** Hash of the stored content. */
        String store(byte[] content);
    }

    private final Files files;

    DocumentReferenceMapper(Files files) {
        this.files = files;
    }

    @Override
    public String type() {
        return "DocumentReference";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        String status = resource.requiredText("status");
        String docStatus = resource.text("docStatus", "final");
        FhirTime date = resource.time("date", mapping.zone());
        Element context = resource.child("context");
        Element period = context == null ? null : context.child("period");
        FhirTime served = period == null ? null : period.time("start", mapping.zone());
        Element author = resource.first("author");
        return new Mapping.Mapped(
                content(resource, mapping, docStatus, served),
                served != null ? served : date,
                mapping.references().stated(author != null ? author : resource.child("authenticator")),
                date,
                !docStatus.equals("preliminary"),
                status.equals("entered-in-error") || docStatus.equals("entered-in-error"));
    }

    @Override
    public @Nullable Element encounter(Element resource) {
        Element context = resource.child("context");
        return context == null ? null : context.first("encounter");
    }

    private @Nullable Content content(Element resource, Mapping mapping, String docStatus, @Nullable FhirTime served) {
        Concept kind = Codes.concept(resource.child("type"));
        if (kind == null) {
            kind = Concept.of(resource.text("description", "Document without a type"));
        }
        List<Element> contents = resource.children("content");
        for (Element content : contents) {
            Element attachment = content.required("attachment");
            String text = Attachments.isText(attachment) ? Attachments.text(attachment) : null;
            if (text != null) {
                return new Content.Note(
                        NoteKinds.of(kind),
                        kind,
                        switch (docStatus) {
                            case "preliminary", "amended" -> docStatus;
                            default -> "final";
                        },
                        text,
                        addendumTo(resource, mapping));
            }
        }
        for (Element content : contents) {
            Element attachment = content.required("attachment");
            byte[] bytes = Attachments.bytes(attachment);
            if (bytes != null) {
                return document(resource, mapping, kind, attachment, bytes, served);
            }
        }
        return null;
    }

    private Content document(
            Element resource,
            Mapping mapping,
            Concept kind,
            Element attachment,
            byte[] bytes,
            @Nullable FhirTime served) {
        Element custodian = resource.child("custodian");
        return new Content.Document(
                kind,
                Objects.requireNonNullElse(attachment.text("title"), resource.text("description", kind.text())),
                Attachments.mediaType(attachment),
                files.store(bytes),
                bytes.length,
                served == null ? null : served.text(),
                mapping.references().name(resource.first("author")),
                mapping.references().name(custodian),
                null);
    }

    private static Content.@Nullable EntryRef addendumTo(Element resource, Mapping mapping) {
        for (Element related : resource.children("relatesTo")) {
            if ("appends".equals(related.text("code"))) {
                return mapping.references().entry(related.child("target"), DOCUMENT);
            }
        }
        return null;
    }
}
