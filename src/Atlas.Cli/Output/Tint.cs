namespace Atlas.Cli.Output;

/// <summary>What a line of data is, where colours can show it.</summary>
internal enum Tint
{
    None,
    Heading,
    Added,
    Removed,
}
