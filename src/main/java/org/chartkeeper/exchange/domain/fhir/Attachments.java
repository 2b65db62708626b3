package org.chartkeeper.exchange.domain.fhir;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Attachments: what stands in them as base64. */
final class Attachments {

    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9._-]+)");
    private static final Pattern BLOCK_END = Pattern.compile("(?i)<(br|/p|/div|/tr|/li|/h[1-6])[^>]*>");
    private static final Pattern HIDDEN = Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1>");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    private Attachments() {}

    /** Media type without parameters, in lower case; {@code application/octet-stream} where none is said. */
    static String mediaType(Element attachment) {
        String type = attachment.text("contentType", "application/octet-stream");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    static boolean isText(Element attachment) {
        return mediaType(attachment).startsWith("text/");
    }

    /** The bytes; null where none stand in it. */
    static byte @Nullable [] bytes(Element attachment) {
        String data = attachment.text("data");
        if (data == null) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new WrongType("wrong type: " + attachment.path() + ".data is no base64");
        }
    }

    /** The text of a text attachment, of HTML its words; null where none stands in it. */
    static @Nullable String text(Element attachment) {
        byte[] bytes = bytes(attachment);
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, charset(attachment)).replace("\0", "").replace("\r\n", "\n");
        String type = mediaType(attachment);
        if (type.equals("text/html") || type.equals("text/xml")) {
            text = HIDDEN.matcher(text).replaceAll(" ");
            text = BLOCK_END.matcher(text).replaceAll("\n");
            text = TAG.matcher(text)
                    .replaceAll("")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&nbsp;", " ")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&");
        }
        return text.isBlank() ? null : text;
    }

    private static Charset charset(Element attachment) {
        Matcher named = CHARSET.matcher(attachment.text("contentType", ""));
        if (named.find()) {
            try {
                return Charset.forName(named.group(1));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return StandardCharsets.UTF_8;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
