using System.Xml;
using System.Xml.Linq;

namespace Atlas.Cli.Testing;

/// <summary>A test that failed, or an error outside a test, as repeated at the end of a run.</summary>
/// <param name="Name">The test's name, or the kind of error.</param>
/// <param name="Message">The message, on one line and truncated to <see cref="MostCharacters"/>.</param>
internal sealed record FailedTest(string Name, string Message)
{
    private const int MostCharacters = 400;

    /// <summary>Reads the failures in an xunit result file; none if it cannot be read.</summary>
    public static IReadOnlyList<FailedTest> Read(string resultFile)
    {
        try
        {
            return [.. XDocument.Load(resultFile).Descendants()
                .Where(static element => element.Name == "error"
                    || (element.Name == "test" && element.Attribute("result")?.Value == "Fail"))
                .Select(static element => new FailedTest(
                    element.Attribute("name")?.Value ?? element.Attribute("type")?.Value ?? "error",
                    OnOneLine(element.Descendants("message").FirstOrDefault()?.Value ?? "")))];
        }
        catch (Exception exception) when (exception is XmlException or IOException)
        {
            return [];
        }
    }

    private static string OnOneLine(string message)
    {
        var line = string.Join(' ', message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MostCharacters ? line : $"{line[..MostCharacters]}…";
    }
}
