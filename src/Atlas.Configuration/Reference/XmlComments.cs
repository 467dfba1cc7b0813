using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Atlas.Configuration.Reference;

/// <summary>Reads the comments on the records from the documentation files beside the assemblies.</summary>
internal sealed partial class XmlComments
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _files = [];

    /// <summary>What stands in the summary, as Markdown.</summary>
    public string SummaryOf(Type record) => Summary(record.Assembly, $"T:{record.FullName}");

    /// <summary>What stands in the summary, as Markdown.</summary>
    public string SummaryOf(PropertyInfo property) => Summary(property.DeclaringType!.Assembly, MemberName(property));

    /// <summary>What the comment says the default is, as Markdown; null if it says nothing.</summary>
    public string? DefaultOf(PropertyInfo property)
    {
        const string Beginning = "The default is ";
        var value = Find(property.DeclaringType!.Assembly, MemberName(property), "value");
        return value?.StartsWith(Beginning, StringComparison.Ordinal) == true ? value[Beginning.Length..].TrimEnd('.') : null;
    }

    private static string MemberName(PropertyInfo property) => $"P:{property.DeclaringType!.FullName}.{property.Name}";

    private string Summary(Assembly assembly, string member) => Find(assembly, member, "summary")
        ?? throw new InvalidOperationException($"{member} has no summary; write one, because the configuration reference is made from it.");

    private string? Find(Assembly assembly, string member, string part)
    {
        if (!_files.TryGetValue(assembly, out var members))
        {
            _files[assembly] = members = Load(assembly);
        }

        return members.TryGetValue(member, out var comment) && comment.Element(part) is { } text
            ? Spaces().Replace(string.Concat(text.Nodes().Select(ToMarkdown)), " ").Trim()
            : null;
    }

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value)
            : throw new FileNotFoundException($"The documentation file {file} is missing; build {assembly.GetName().Name} with GenerateDocumentationFile.", file);
    }

    private static string ToMarkdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{Referred(see)}`",
        XElement other => string.Concat(other.Nodes().Select(ToMarkdown)),
        _ => "",
    };

    private static string Referred(XElement see)
    {
        if (see.Attribute("langword") is { } word)
        {
            return word.Value;
        }

        var name = see.Attribute("cref")?.Value ?? "";
        return System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name[(name.LastIndexOf('.') + 1)..]);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
