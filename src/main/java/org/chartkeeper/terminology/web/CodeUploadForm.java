package org.chartkeeper.terminology.web;

import java.time.LocalDate;
import java.util.Optional;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** The upload of a file of codes. */
class CodeUploadForm {

    private String from = "";
    private String idempotencyKey = Uuid7.next().toString();
    private @Nullable MultipartFile file;

    /** The day that was typed; empty where it is no day. */
    Optional<LocalDate> day(LocalDate today) {
        return TypedDate.near(from, today).filter(PartialDate::exact).map(PartialDate::from);
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    public @Nullable MultipartFile getFile() {
        return file;
    }

    public void setFile(@Nullable MultipartFile file) {
        this.file = file;
    }
}
