using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Models.Building;
using Sluice.Core.Sql;
using Sluice.Project.Funnels;

namespace Sluice.Cli.Funnels;

/// <summary>Answers a request: finds the funnel and its events, asks, and writes what was asked for.</summary>
/// <param name="request">The request.</param>
internal sealed class FunnelRun(FunnelRequest request)
{
    private Composition? _opened;
    private ISqlEngine? _engine;

    // A file needs no project, unless the funnel is saved in one or one is named.
    private Composition? Project =>
        request is { Events: not null, Name: null, Project: null }
            ? null
            : _opened ??= Composition.OpenForFunnels(request.Project);

    private ISqlEngine Engine => _engine ??= Project?.Ports.Engine ?? Composition.EngineWithoutProject();

    /// <summary>Does it.</summary>
    /// <exception cref="DefinitionException">The funnel is wrong, or asks for what is not there.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var funnel = Funnel();
        if (_opened is { } opened)
        {
            FunnelList.WarnOfBroken(opened.Project);
        }

        var source = await SourceAsync(funnel, cancellationToken);
        switch (request.Subject)
        {
            case FunnelSubject.Answer:
                FunnelOutput.Write(
                    await AnswerAsync(funnel, source, cancellationToken),
                    request.Format,
                    showsTimes: request.Options.Bins is not null
                );
                break;
            case FunnelSubject.Users:
                await ListAsync(funnel, source, cancellationToken);
                break;
            case FunnelSubject.Why:
                await WhyAsync(funnel, source, cancellationToken);
                break;
            case FunnelSubject.Explain:
                ExplainOutput.Write(await AnswerAsync(funnel, source, cancellationToken));
                break;
        }
    }

    private FunnelDefinition Funnel() =>
        request switch
        {
            { Name: { } name } => AdHocFunnel.Change(Project!.Project.Funnel(name), request.Arguments),
            { Definition: { } file } => AdHocFunnel.Change(FunnelFile.Load(file), request.Arguments),
            _ => AdHocFunnel.Create(request.Arguments, EventTable()),
        };

    // A project with one event table means that one, whatever it is called.
    private string? EventTable() => Project?.Project.Events.Keys.ToList() is [var only] ? only : null;

    private async Task<FunnelSource> SourceAsync(FunnelDefinition funnel, CancellationToken cancellationToken)
    {
        if (request.Events is { } file)
        {
            if (funnel.StepTables.Count > 0)
            {
                throw new DefinitionException(
                    "The funnel names tables of its own under 'events:', and --events names a file.",
                    "Leave one of the two out."
                );
            }

            return await new EventFileSource(Engine).OpenAsync(
                file,
                request.Columns,
                request.TimeZone ?? Project?.Project.TimeZone ?? TimeZoneInfo.Utc,
                funnel.AsksTimes || request.Options.Trend is not null,
                cancellationToken
            );
        }

        var sluice = Project!;
        var build = await sluice.Builds.ResolveAsync(request.AsOf, cancellationToken);
        var keepsIndex =
            request.AsOf is null
            || sluice.Ports.Builds.ListNewestFirst().Take(JourneyCleaning.KeptBuilds).Contains(build.Number);
        return (await sluice.Sources.ResolveAsync(funnel, build, cancellationToken)) with { KeepsIndex = keepsIndex };
    }

    private Task<FunnelAnswer> AnswerAsync(
        FunnelDefinition funnel,
        FunnelSource source,
        CancellationToken cancellationToken
    ) =>
        new FunnelQuestion(Engine, Project?.Ports.Journeys?.Store).AskAsync(
            funnel,
            source,
            request.Options,
            cancellationToken
        );

    private async Task ListAsync(FunnelDefinition funnel, FunnelSource source, CancellationToken cancellationToken)
    {
        var people = new List<UnitLine>();
        await new FunnelPeople(Engine, Project?.Ports.Journeys?.Store).ListAsync(
            funnel,
            source,
            StepOf(funnel, request.UsersOf!),
            request.Dropped,
            people.Add,
            cancellationToken
        );
        var ordered = people
            .OrderBy(person => person.Unit, StringComparer.Ordinal)
            .ThenBy(person => person.StepMicros[0])
            .ToList();
        new PeopleOutput(StepNames.Of(funnel)).Write(ordered, Rows());
    }

    private async Task WhyAsync(FunnelDefinition funnel, FunnelSource source, CancellationToken cancellationToken)
    {
        var unit = request.Why!;
        var witness =
            await new FunnelPeople(Engine).WhyAsync(funnel, source, unit, cancellationToken)
            ?? throw new DefinitionException(
                $"'{unit}' has no events here.",
                "Users are named exactly as the events name them; --users lists them."
            );
        WhyOutput.Write(witness, Rows());
    }

    private static int StepOf(FunnelDefinition funnel, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var names = StepNames.Of(funnel).ToList();
        return names.IndexOf(text) is >= 0 and var step
            ? step + 1
            : throw new DefinitionException(
                $"The funnel '{funnel.Name}' has no step '{text}'.",
                Nearest.Suggest(text, names)
            );
    }

    private OutputFormat Rows() =>
        request.Format switch
        {
            FunnelFormat.Table => OutputFormat.Table,
            FunnelFormat.Csv => OutputFormat.Csv,
            FunnelFormat.Json => OutputFormat.Json,
            FunnelFormat.Html => throw new DefinitionException(
                "A list of people or events is not written as html.",
                "Use --format table, csv or json."
            ),
        };
}
