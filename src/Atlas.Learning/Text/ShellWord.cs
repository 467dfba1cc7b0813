namespace Atlas.Learning.Text;

/// <summary>Writes a value so that it can be copied into a command line.</summary>
public static class ShellWord
{
    /// <summary>Returns the value as one word for a POSIX shell, quoted only if necessary.</summary>
    public static string Of(string value) =>
        value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-:,@+=".Contains(letter, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
