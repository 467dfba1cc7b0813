namespace Atlas.Domain.Playbooks;

/// <summary>How the text of a role comes about. Stored with every version, so that what a session saw can be rebuilt by any later
/// program: a form never changes, a new one gets a name of its own.</summary>
public static class PlaybookForm
{
    /// <summary>The text is rendered: the preface, then one line per entry; see <see cref="Injection.EntryWords"/>.</summary>
    public const string Entries = "entries.v1";

    /// <summary>The text stands as somebody wrote it, beside the entries. Versions from before entries were rendered, and what the
    /// original learned, have this form; the next synthesis or import brings
    /// them into the other.</summary>
    public const string? AsWritten = null;
}
