using System.Globalization;

namespace Atlas.Configuration.Checking;

/// <summary>Where a value was written.</summary>
/// <param name="Kind">What kind of place it is.</param>
/// <param name="Name">The file as it was named to us, or the environment variable; null for a default.</param>
/// <param name="Line">Line in the file, from 1; null elsewhere.</param>
/// <param name="Column">Column in the line, from 1; null elsewhere.</param>
public sealed record ValueSource(ValueSourceKind Kind, string? Name = null, int? Line = null, int? Column = null)
{
    /// <summary>The value nobody wrote down.</summary>
    public static ValueSource Default { get; } = new(ValueSourceKind.Default);

    /// <summary>A file as a whole.</summary>
    /// <param name="file">The file as it was named to us.</param>
    public static ValueSource InFile(string file) => new(ValueSourceKind.File, file);

    /// <summary>An environment variable.</summary>
    /// <param name="name">The variable's name.</param>
    public static ValueSource Variable(string name) => new(ValueSourceKind.Environment, name);

    /// <summary>The place in words: <c>default</c>, <c>atlas.yaml:14</c> or <c>environment variable ATLAS_DRIFT_WINDOW</c>.</summary>
    public override string ToString() => Kind switch
    {
        ValueSourceKind.File when Line is { } line => string.Create(CultureInfo.InvariantCulture, $"{Name}:{line}"),
        ValueSourceKind.File => Name ?? "file",
        ValueSourceKind.Environment => $"environment variable {Name}",
        _ => "default",
    };
}
