package org.chartkeeper.chart.document.web;

import java.util.Map;
import org.chartkeeper.chart.document.PageImage;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Files and pictures as they leave: nothing of them ever runs in a browser. */
final class Answers {

    private static final Map<String, String> ENDINGS = Map.of(
            "application/pdf", ".pdf",
            "image/tiff", ".tif",
            "image/jpeg", ".jpg",
            "image/png", ".png",
            "application/xml", ".xml",
            "text/plain", ".txt");

    private Answers() {}

    /** A picture of ours, for the page that it stands on. */
    static ResponseEntity<byte[]> picture(PageImage image) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(image.mediaType()))
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline().build().toString())
                .body(image.content());
    }

    /** A file as it is kept, to be saved and not to be opened here. */
    static ResponseEntity<Resource> download(Resource content, String mediaType, long size, String name) {
        String plain = mediaType.split(";", 2)[0].strip();
        String ending = ENDINGS.get(plain);
        MediaType type = ending == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(plain);
        return ResponseEntity.ok()
                .contentType(type)
                .contentLength(size)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + (ending == null ? "" : ending))
                                .build()
                                .toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .body(content);
    }
}
