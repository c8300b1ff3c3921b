"""A video with subtitles, chapters and a transcript."""
