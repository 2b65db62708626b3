package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.note.NoteDrafts;
import org.chartkeeper.chart.note.NoteSheet;
import org.chartkeeper.platform.Uuid7;

/** A note that is being written, as its form carries it. */
class NoteForm {

    private String date = "";
    private String time = "";
    private String author = "";
    private String source = "";
    private String job = "";
    private String statedDate = "";
    private String statedTime = "";
    private String sensitivity = "";
    private String reason = "";
    private Map<String, String> sections = new LinkedHashMap<>();
    private List<String> brought = new ArrayList<>();
    private String password = "";
    private int draftVersion;
    private String idempotencyKey = "";

    static NoteForm of(NoteDrafts.Draft draft) {
        NoteSheet sheet = draft.sheet();
        NoteForm form = new NoteForm();
        form.date = sheet.date();
        form.time = sheet.time();
        form.author = sheet.author();
        form.source = sheet.source();
        form.job = sheet.job();
        form.statedDate = sheet.statedDate();
        form.statedTime = sheet.statedTime();
        form.sensitivity = sheet.sensitivity();
        form.reason = sheet.reason();
        form.sections = new LinkedHashMap<>(sheet.sections());
        form.brought = new ArrayList<>(sheet.brought());
        form.draftVersion = draft.number();
        form.idempotencyKey = Uuid7.next().toString();
        return form;
    }

    NoteSheet sheet() {
        Map<String, String> words = new LinkedHashMap<>();
        sections.forEach((key, text) -> {
            if (text != null && !text.isEmpty()) {
                words.put(key, text.replace("\r\n", "\n"));
            }
        });
        return new NoteSheet(
                date,
                time,
                author,
                source,
                job,
                statedDate,
                statedTime,
                sensitivity,
                reason,
                words,
                brought.stream()
                        .filter(id -> id.matches("[0-9a-f-]{36}"))
                        .distinct()
                        .toList());
    }

    public String getDate() {
        return date;
    }

    public void setDate(String date) {
        this.date = date;
    }

    public String getTime() {
        return time;
    }

    public void setTime(String time) {
        this.time = time;
    }

    public String getAuthor() {
        return author;
    }

    public void setAuthor(String author) {
        this.author = author;
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    public String getJob() {
        return job;
    }

    public void setJob(String job) {
        this.job = job;
    }

    public String getStatedDate() {
        return statedDate;
    }

    public void setStatedDate(String statedDate) {
        this.statedDate = statedDate;
    }

    public String getStatedTime() {
        return statedTime;
    }

    public void setStatedTime(String statedTime) {
        this.statedTime = statedTime;
    }

    public String getSensitivity() {
        return sensitivity;
    }

    public void setSensitivity(String sensitivity) {
        this.sensitivity = sensitivity;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public Map<String, String> getSections() {
        return sections;
    }

    public void setSections(Map<String, String> sections) {
        this.sections = sections;
    }

    public List<String> getBrought() {
        return brought;
    }

    public void setBrought(List<String> brought) {
        this.brought = brought;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public int getDraftVersion() {
        return draftVersion;
    }

    public void setDraftVersion(int draftVersion) {
        this.draftVersion = draftVersion;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
