package org.chartkeeper.exchange.web;

import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** The upload of a file to import. */
class UploadForm {

    private String source = "";
    private String facility = "";
    private String idempotencyKey = Uuid7.next().toString();
    private @Nullable MultipartFile file;

    /** The facility that was chosen, where the actor works there; else null. */
    @Nullable
    FacilityId facilityOf(Actor actor) {
        try {
            FacilityId chosen = FacilityId.of(facility);
            return actor.facilities().contains(chosen) ? chosen : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    public String getFacility() {
        return facility;
    }

    public void setFacility(String facility) {
        this.facility = facility;
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
