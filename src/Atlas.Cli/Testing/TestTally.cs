using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Atlas.Cli.Testing;

/// <summary>The results of a suite's tests. Errors outside tests, such as in a fixture's cleanup, count as failures.</summary>
internal sealed record TestTally(int Passed, int Failed, int Skipped)
{
    public static TestTally None { get; } = new(0, 0, 0);

    public int Total => Passed + Failed + Skipped;

    public static TestTally operator +(TestTally left, TestTally right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Reads an xunit result file; returns null if the suite crashed before it wrote one.</summary>
    public static TestTally? Read(string resultFile)
    {
        if (!File.Exists(resultFile))
        {
            return null;
        }

        try
        {
            return XDocument.Load(resultFile).Root!.Elements("assembly").Aggregate(None, static (sum, assembly) => sum + new TestTally(
                Figure(assembly, "passed"),
                Figure(assembly, "failed") + Figure(assembly, "errors"),
                Figure(assembly, "skipped")));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static int Figure(XElement assembly, string name) =>
        int.Parse(assembly.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
}
