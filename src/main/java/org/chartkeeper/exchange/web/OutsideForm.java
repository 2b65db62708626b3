package org.chartkeeper.exchange.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** The upload of an outside record, and the choices about its lines. */
class OutsideForm {

    private @Nullable MultipartFile file;
    private String samePerson = "";
    private int version;
    private String signer = "";
    private Map<String, String> what = new LinkedHashMap<>();
    private Map<String, String> why = new LinkedHashMap<>();

    public @Nullable MultipartFile getFile() {
        return file;
    }

    public void setFile(@Nullable MultipartFile file) {
        this.file = file;
    }

    public String getSamePerson() {
        return samePerson;
    }

    public void setSamePerson(String samePerson) {
        this.samePerson = samePerson;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public String getSigner() {
        return signer;
    }

    public void setSigner(String signer) {
        this.signer = signer;
    }

    /** Choice by line: accept, merge, keep, reject or empty. */
    public Map<String, String> getWhat() {
        return what;
    }

    public void setWhat(Map<String, String> what) {
        this.what = what;
    }

    /** Reason by line. */
    public Map<String, String> getWhy() {
        return why;
    }

    public void setWhy(Map<String, String> why) {
        this.why = why;
    }
}
