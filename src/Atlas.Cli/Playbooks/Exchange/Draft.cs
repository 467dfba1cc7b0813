namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>A temporary file that somebody edits, readable by its owner only. Deleted unless it is kept.</summary>
internal sealed class Draft : IDisposable
{
    private readonly string _folder;
    private readonly string _original;
    private bool _isKept;

    private Draft(string folder, string original)
    {
        _folder = folder;
        _original = original;
        File = Path.Combine(folder, "playbook.json");
    }

    public string File { get; }

    /// <summary>Gets a value indicating whether the contents of the file have changed, or cannot be read. A deleted file has not
    /// changed.</summary>
    public bool IsChanged
    {
        get
        {
            try
            {
                return System.IO.File.Exists(File) && System.IO.File.ReadAllText(File) != _original;
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    public static async Task<Draft> CreateAsync(string text, CancellationToken cancellation)
    {
        var draft = new Draft(Directory.CreateTempSubdirectory("atlas-edit-").FullName, text);
        await PlaybookFile.WriteAsync(draft.File, text, cancellation);
        return draft;
    }

    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
