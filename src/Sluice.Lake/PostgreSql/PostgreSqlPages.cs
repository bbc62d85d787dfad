using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.PostgreSql;

/// <summary>Reads the pages of one session.</summary>
/// <param name="server">Opens the session that cancels.</param>
/// <param name="session">The session.</param>
/// <param name="definition">The source.</param>
/// <param name="flags">What the server is.</param>
/// <param name="guard">What failures mean.</param>
/// <param name="find">Finds a table in the catalog.</param>
internal sealed class PostgreSqlPages(
    NpgsqlDataSource server,
    NpgsqlConnection session,
    SourceDefinition definition,
    PostgreSqlFlags flags,
    PostgreSqlGuard guard,
    Func<string, CancellationToken, Task<PostgreSqlRelation>> find
)
{
    // More than this is not read to its end only to be thrown away; less is not worth the connection that a cancel takes.
    private const long LongBytes = 1 << 20;

    private readonly CopyRows _rows = new();
    private PagePlan? _plan;
    private long _begun;

    /// <summary>Reads one page; see <see cref="ISource.ReadPageAsync"/>.</summary>
    public async Task<SourceBound?> ReadAsync(PageRequest request, RowPage page, CancellationToken cancellationToken)
    {
        if (request.Order.Count == 0)
        {
            return await ReadStreamAsync(request, page, cancellationToken);
        }

        var plan = await PlanAsync(request, cancellationToken);
        var limit = Math.Min(request.MaxRows, plan.MaxRows);
        var (part, rest) = plan.IsByBlocks ? BlockRange.First(request, plan.Relation, limit) : (request, null);
        await using var cancel = new StatementCancel(server, session, cancellationToken);
        try
        {
            await BeginAsync(plan, part, limit, cancel.Hard);
            var isCut = await FillAsync(plan, page, limit, cancel.Hard);
            var (rows, bytes) = (page.Rows, _rows.Bytes);
            var next = isCut ? plan.After(_rows) : rest;
            await _rows.EndAsync(isLong: isCut && (limit - rows) * (bytes / Math.Max(rows, 1)) > LongBytes);
            plan.Learn(rows, isCut && rows < limit, bytes);
            return next;
        }
        catch (Exception failure)
        {
            await AbandonAsync();
            throw Meaning(failure, request, cancellationToken);
        }
    }

    // One statement over all pages; its end is the table's end.
    private async Task<SourceBound?> ReadStreamAsync(
        PageRequest request,
        RowPage page,
        CancellationToken cancellationToken
    )
    {
        if (request.Lower is not null && !_rows.IsOpen)
        {
            throw new PipelineException(
                $"The table {definition.Name}.{request.Shape.Table} is read by one statement, which cannot go on where another one ended."
            )
            {
                Hint = "Begin again, or give it a key: then it is read in pages.",
            };
        }

        if (request.Lower is null)
        {
            await AbandonAsync();
            await PlanAsync(request, cancellationToken);
        }

        await using var cancel = new StatementCancel(server, session, cancellationToken);
        try
        {
            if (!_rows.IsOpen)
            {
                await BeginAsync(_plan!, request, request.MaxRows, cancel.Hard);
            }

            if (await FillAsync(_plan!, page, request.MaxRows, cancel.Hard))
            {
                return new(["next"], IsInclusive: false);
            }

            await _rows.EndAsync(isLong: false);
            return null;
        }
        catch (Exception failure)
        {
            await AbandonAsync();
            throw Meaning(failure, request, cancellationToken);
        }
    }

    private async Task<PagePlan> PlanAsync(PageRequest request, CancellationToken cancellationToken)
    {
        if (_plan?.Fits(request) != true)
        {
            var relation = await find(request.Shape.Table, cancellationToken);
            var columns = await guard.RunAsync(
                () => PostgreSqlCatalog.ColumnsAsync(session, relation, cancellationToken),
                cancellationToken
            );
            _plan = new PagePlan(request, relation, columns, definition.TimeZone, flags.ChecksText);
        }

        return _plan;
    }

    private async Task BeginAsync(PagePlan plan, PageRequest request, int rows, CancellationToken cancellationToken)
    {
        _begun = guard.Now;
        var stream = await session.BeginRawBinaryCopyAsync(plan.Text(request, rows), cancellationToken);
        _rows.Begin(stream, plan.Fields);
    }

    // Whether the page was full before the rows were at their end.
    private async Task<bool> FillAsync(PagePlan plan, RowPage page, int limit, CancellationToken cancellationToken)
    {
        ColumnBuffer[] columns = [.. page.Columns];
        do
        {
            while (_rows.TryNext())
            {
                plan.Take(_rows, columns);
                if (columns[0].Rows >= limit || page.IsFull)
                {
                    return true;
                }
            }
        } while (await _rows.FillAsync(cancellationToken));

        return false;
    }

    /// <summary>Ends what is open.</summary>
    public async Task AbandonAsync()
    {
        try
        {
            await _rows.EndAsync(isLong: true);
        }
        catch (Exception failure) when (guard.IsFromDriver(failure))
        {
            // What ended the statement is told by whoever asked for it.
        }
    }

    private Exception Meaning(Exception failure, PageRequest request, CancellationToken cancellationToken)
    {
        if (failure is not PostgreSqlValueException wrong)
        {
            return guard.IsFromDriver(failure) ? guard.Meaning(failure, _begun, cancellationToken) : failure;
        }

        var table = request.Shape.Table;
        return new PipelineException(
            $"The column '{wrong.Column.Name}' of {definition.Name}.{table} holds {wrong.Found} {_plan!.PlaceOf(_rows)}, and {wrong.Column.Type} was expected."
        )
        {
            Hint =
                $"Correct the value, or load the column as text: tables: {{{table}: {{columns: {{{wrong.Column.Name}: {{type: string}}}}}}}}.",
        };
    }
}
