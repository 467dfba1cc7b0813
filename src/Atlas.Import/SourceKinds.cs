namespace Atlas.Import;

/// <summary>The kinds of sources that recorded runs can be in.</summary>
[Flags]
public enum SourceKinds
{
    /// <summary>None; no format has this value.</summary>
    None = 0,

    /// <summary>A file.</summary>
    File = 1,

    /// <summary>The files of a folder.</summary>
    Folder = 2,
}
