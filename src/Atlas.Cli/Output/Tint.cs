namespace Atlas.Cli.Output;

/// <summary>The meaning of a line of data, for terminals that show colors.</summary>
internal enum Tint
{
    None,
    Heading,
    Added,
    Removed,
}
