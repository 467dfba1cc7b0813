using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace Atlas.Http.Door;

/// <summary>Checks the parameters of an address against those of the endpoint before it is called.</summary>
internal static class Parameters
{
    private static readonly ConcurrentDictionary<MethodInfo, Parameter[]> Known = new();

    /// <exception cref="ProblemException">A parameter is unknown, given twice, or of the wrong type.</exception>
    public static void Check(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue || context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is not { } handler)
        {
            return;
        }

        var known = Known.GetOrAdd(handler, static method => [.. Of(method)]);
        foreach (var (name, values) in context.Request.Query)
        {
            var parameter = Array.Find(known, one => one.Name == name) ?? throw Problem.InvalidRequest.With(known.Length == 0
                ? $"This address takes no parameters, but got '{Short(name)}'."
                : $"There is no parameter '{Short(name)}' here. Use {string.Join(", ", known.Select(one => one.Name))}.");
            if (values.Count > 1)
            {
                throw Problem.InvalidRequest.With($"The parameter '{name}' is given {values.Count.ToString(CultureInfo.InvariantCulture)} times. Give it once.");
            }

            var text = values.ToString();
            if (text.Any(char.IsControl))
            {
                throw Problem.InvalidRequest.With($"The parameter '{name}' has control characters. Remove them.");
            }

            Demand(parameter, text);
        }
    }

    private static void Demand(Parameter parameter, string text)
    {
        var wanted = Type.GetTypeCode(parameter.Type) switch
        {
            TypeCode.Int32 when !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) => "a whole number",
            TypeCode.Int64 when !long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) => "a whole number",
            TypeCode.Double when !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) => "a number",
            TypeCode.Boolean when !bool.TryParse(text, out _) => "true or false",
            _ => null,
        };
        if (wanted is not null)
        {
            throw Problem.InvalidRequest.With($"The parameter '{parameter.Name}' must be {wanted}, not '{Short(text)}'.");
        }
    }

    private static IEnumerable<Parameter> Of(MethodInfo method) => method.GetParameters()
        .Select(parameter => (parameter, query: parameter.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()))
        .Where(found => found.query is not null)
        .Select(found => new Parameter(
            found.query!.Name ?? found.parameter.Name!, Nullable.GetUnderlyingType(found.parameter.ParameterType) ?? found.parameter.ParameterType));

    public static string Short(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");

    private sealed record Parameter(string Name, Type Type);
}
