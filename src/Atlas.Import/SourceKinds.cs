namespace Atlas.Import;

/// <summary>Where recorded runs may lie.</summary>
[Flags]
public enum SourceKinds
{
    /// <summary>Nowhere; no format has this.</summary>
    None = 0,

    /// <summary>In a file.</summary>
    File = 1,

    /// <summary>In the files of a folder.</summary>
    Folder = 2,
}
