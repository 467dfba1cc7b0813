namespace Atlas.Domain.Playbooks;

/// <summary>How the text of a role is made. Stored with every version, so that any later program can rebuild what a session saw: a form
/// never changes, and a new form gets a new name.</summary>
public static class PlaybookForm
{
    /// <summary>The text is rendered: the preface, then one line per entry; see <see cref="Injection.EntryWords"/>.</summary>
    public const string Entries = "entries.v1";

    /// <summary>The text is as somebody wrote it, beside the entries. Versions from before entries were rendered have this form, and so does
    /// what the original Atlas learned; the next synthesis or import converts them.</summary>
    public const string? AsWritten = null;
}
