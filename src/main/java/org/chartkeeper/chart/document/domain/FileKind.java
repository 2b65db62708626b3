package org.chartkeeper.chart.document.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of file that are taken in, recognized by what stands in them and never by their name. */
enum FileKind {
    PDF("application/pdf", "pdf"),
    TIFF("image/tiff", "tif"),
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    /** A C-CDA document: the only XML that is taken. */
    CDA("application/xml", "xml"),
    TEXT("text/plain", "txt");

    /** How much of the beginning of a file is looked at. */
    static final int HEAD = 4096;

    private final String mediaType;
    private final String ending;

    FileKind(String mediaType, String ending) {
        this.mediaType = mediaType;
        this.ending = ending;
    }

    String mediaType() {
        return mediaType;
    }

    String ending() {
        return ending;
    }

    /** Whether it consists of pages that can be drawn. */
    boolean drawn() {
        return this != CDA && this != TEXT;
    }

    static Optional<FileKind> ofMediaType(String mediaType) {
        String plain = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (FileKind kind : values()) {
            if (kind.mediaType.equals(plain)) {
                return Optional.of(kind);
            }
        }
        return plain.equals("image/tif")
                ? Optional.of(TIFF)
                : plain.equals("text/xml") ? Optional.of(CDA) : Optional.empty();
    }

    /**
     * What a file is by its beginning. Text is only what begins like nothing else; whether it is text throughout is seen
     * when it is read.
     *
     * @throws org.chartkeeper.platform.Rejected where it is nothing that is taken, with what it is as far as known
     */
    static FileKind of(byte[] head) {
        if (begins(head, "%PDF-")) {
            return PDF;
        }
        if (begins(head, 'I', 'I', 42, 0) || begins(head, 'M', 'M', 0, 42)) {
            return TIFF;
        }
        if (begins(head, 0xff, 0xd8, 0xff)) {
            return JPEG;
        }
        if (begins(head, 0x89, 'P', 'N', 'G', 13, 10, 26, 10)) {
            return PNG;
        }
        String other = other(head);
        if (other != null) {
            throw Refusal.of("This is " + other + ". Taken are PDF, TIFF, JPEG, PNG, plain text and C-CDA documents.");
        }
        String text = text(head);
        if (text.startsWith("<")) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.contains("<script")) {
                throw Refusal.of("This is a web page. Print it to PDF and send that.");
            }
            if (lower.startsWith("<svg") || lower.contains("<svg")) {
                throw Refusal.of("This is an SVG drawing, which can hold scripts. Send it as PNG or PDF.");
            }
            return CDA;
        }
        return TEXT;
    }

    private static String text(byte[] head) {
        boolean wide = begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff);
        return new String(head, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8)
                .replace("\ufeff", "")
                .stripLeading();
    }

    /** Names what people send by mistake or on purpose. */
    private static @Nullable String other(byte[] head) {
        if (begins(head, "PK")) {
            return "a zip archive or an Office file";
        }
        if (begins(head, 0x1f, 0x8b)
                || begins(head, "BZh")
                || begins(head, 0xfd, '7', 'z')
                || begins(head, "7z")
                || begins(head, "Rar!")) {
            return "a compressed archive";
        }
        if (begins(head, 0xd0, 0xcf, 0x11, 0xe0)) {
            return "an old Office file";
        }
        if (begins(head, "{\\rtf")) {
            return "a rich text file";
        }
        if (begins(head, "MZ") || begins(head, 0x7f, 'E', 'L', 'F') || begins(head, "#!")) {
            return "a program";
        }
        if (begins(head, "GIF8")) {
            return "a GIF picture";
        }
        if (begins(head, 'I', 'I', 43, 0) || begins(head, 'M', 'M', 0, 43)) {
            return "a BigTIFF picture";
        }
        if (head.length > 131 && new String(head, 128, 4, StandardCharsets.US_ASCII).equals("DICM")) {
            return "a DICOM image, which belongs into the image archive";
        }
        return null;
    }

    private static boolean begins(byte[] head, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        if (head.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (head[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean begins(byte[] head, int... wanted) {
        if (head.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((head[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
