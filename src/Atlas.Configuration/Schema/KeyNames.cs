using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Schema;

/// <summary>How properties and enum values are written in a configuration.</summary>
internal static class KeyNames
{
    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    public static string Of(FieldInfo enumValue) =>
        enumValue.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(enumValue.Name);

    /// <summary>The second name under which a key is accepted.</summary>
    public static string? AliasOf(PropertyInfo property) =>
        property.DeclaringType == typeof(LearningOptions) && property.Name == nameof(LearningOptions.PlaybookInjectionMode) ? "injection_mode" : null;

    /// <summary>A name as environment variables and <c>appsettings.json</c> may write it: neither case nor underscores count.</summary>
    public static string Loose(string name)
    {
        var loose = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (letter is not ('_' or '-'))
            {
                loose.Append(char.ToLowerInvariant(letter));
            }
        }

        return loose.ToString();
    }
}
