-- A search reads the words of one patient's documents; as for notes there is no index over the words of all patients.
DROP INDEX document_text_words;
